/// Invents athletes and what they do: a function of seed, athlete and day, and of nothing else.
/// Start at [SimulatedWorld].
@NullMarked
package dev.paceline.sandbox.simulation;

import org.jspecify.annotations.NullMarked;
