/// What every command line shares: options, settings, environment, logging and progress. Start at
/// [dev.paceline.cli.Cli].
@NullMarked
package dev.paceline.cli;

import org.jspecify.annotations.NullMarked;
