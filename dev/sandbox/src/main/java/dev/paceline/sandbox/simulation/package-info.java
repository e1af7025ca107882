/// Generates athletes and their activities as a function of seed, athlete and day alone. Start at
/// [SimulatedWorld].
@NullMarked
package dev.paceline.sandbox.simulation;

import org.jspecify.annotations.NullMarked;
