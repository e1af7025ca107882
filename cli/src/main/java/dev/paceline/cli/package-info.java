/// What the two command lines share: settings, secrets, exit codes, errors, reports, logs. Start at
/// [dev.paceline.cli.Cli].
@NullMarked
package dev.paceline.cli;

import org.jspecify.annotations.NullMarked;
