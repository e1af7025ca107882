/// What a run reports: its id and its last line of output. Start at
/// [dev.paceline.cli.report.Report].
@NullMarked
package dev.paceline.cli.report;

import org.jspecify.annotations.NullMarked;
