/// The command line of load. Start at [dev.paceline.load.Load]. A command only wires; the steps are
/// in [dev.paceline.load.step].
@NullMarked
package dev.paceline.load;

import org.jspecify.annotations.NullMarked;
