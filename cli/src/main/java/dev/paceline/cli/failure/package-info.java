/// How a command ends: its exit code, and a failure as one sentence. Depends on nothing, and is the
/// only package of this module that `lake` uses. Start at [dev.paceline.cli.failure.Failure].
@NullMarked
package dev.paceline.cli.failure;

import org.jspecify.annotations.NullMarked;
