/// A simulated Strava: the same API, invented or recorded athletes, a clock that can be set. Start
/// at [Sandbox].
///
/// `life` invents athletes, `replay` reads recorded ones, `world` remembers what was changed about
/// them, `http` answers.
@NullMarked
package dev.paceline.sandbox;

import org.jspecify.annotations.NullMarked;
