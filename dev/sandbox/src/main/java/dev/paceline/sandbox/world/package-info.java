/// The data to serve at a moment: activities from any source with the edits applied, the clock and
/// the tokens. Start at [EditedWorld].
@NullMarked
package dev.paceline.sandbox.world;

import org.jspecify.annotations.NullMarked;
