/// Trying again, and the pauses in between; calls of a source's API have a policy of their own.
/// Depends on nothing. Start at [dev.paceline.cli.retry.Retries].
@NullMarked
package dev.paceline.cli.retry;

import org.jspecify.annotations.NullMarked;
