/// How a command ends: its exit code, and a failure as one sentence. Depends on nothing. Start at
/// [dev.paceline.cli.failure.Failure].
@NullMarked
package dev.paceline.cli.failure;

import org.jspecify.annotations.NullMarked;
