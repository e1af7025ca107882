/// Serves recorded activities byte for byte. Start at [RecordedWorld].
@NullMarked
package dev.paceline.sandbox.replay;

import org.jspecify.annotations.NullMarked;
