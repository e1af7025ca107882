/// Responds like Strava, with its JSON and its limits, and lets a test control the sandbox at
/// `/control`. Start at [SandboxServer].
@NullMarked
package dev.paceline.sandbox.http;

import org.jspecify.annotations.NullMarked;
