/// What the two command lines share: settings, secrets, exit codes, errors, reports, logs. Start at
/// [dev.paceline.lake.cli.Cli].
@NullMarked
package dev.paceline.lake.cli;

import org.jspecify.annotations.NullMarked;
