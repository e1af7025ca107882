/// Answers like Strava, with its shapes and limits, and takes orders from a test at `/control`.
/// Start at [SandboxServer].
@NullMarked
package dev.paceline.sandbox.http;

import org.jspecify.annotations.NullMarked;
