/// The steps of a load. Start at [dev.paceline.load.step.StageStep], then
/// [dev.paceline.load.step.CheckStep] and [dev.paceline.load.step.PublishStep]. Says what happens
/// in which transaction, and leaves the SQL to the warehouse.
@NullMarked
package dev.paceline.load.step;

import org.jspecify.annotations.NullMarked;
