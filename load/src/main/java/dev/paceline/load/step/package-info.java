/// What the steps of a load hand on and report: what is pending, staged, found and published. Start
/// at [dev.paceline.load.step.Staged]; does not know any database.
@NullMarked
package dev.paceline.load.step;

import org.jspecify.annotations.NullMarked;
