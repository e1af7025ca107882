/// A run's id and its report, the last line of its output. Start at
/// [dev.paceline.cli.report.Report].
@NullMarked
package dev.paceline.cli.report;

import org.jspecify.annotations.NullMarked;
