/// What there is to be served at a moment: activities from anywhere, edits laid over them, the
/// clock, the tokens. Start at [EditedWorld].
@NullMarked
package dev.paceline.sandbox.world;

import org.jspecify.annotations.NullMarked;
