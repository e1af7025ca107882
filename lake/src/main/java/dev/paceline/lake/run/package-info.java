/// What a run is and how it ends: its id, its exit code, its failures, its report. Start at
/// [dev.paceline.lake.run.Failure] and [dev.paceline.lake.run.Report].
@NullMarked
package dev.paceline.lake.run;

import org.jspecify.annotations.NullMarked;
