/// What every command line shares: options, settings, environment, logging, progress and durations
/// in words. Start at [dev.paceline.cli.Cli].
@NullMarked
package dev.paceline.cli;

import org.jspecify.annotations.NullMarked;
