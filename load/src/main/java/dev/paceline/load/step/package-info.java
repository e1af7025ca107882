/// What the steps of a load pass on and report: pending commits, staged rows, check results,
/// changes. Start at [dev.paceline.load.step.Staged]; does not know any database.
@NullMarked
package dev.paceline.load.step;

import org.jspecify.annotations.NullMarked;
