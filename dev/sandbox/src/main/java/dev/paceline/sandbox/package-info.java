/// A simulated Strava: the same API, simulated or recorded athletes, and a clock that can be set.
/// Start at [Sandbox].
///
/// `simulation` generates athletes, `replay` reads recorded ones, `world` keeps the clock, the
/// tokens and all edits, and `http` serves the API.
@NullMarked
package dev.paceline.sandbox;

import org.jspecify.annotations.NullMarked;
