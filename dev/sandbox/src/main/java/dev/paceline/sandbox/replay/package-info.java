/// Serves recorded activities as they were recorded. Start at [RecordedWorld].
@NullMarked
package dev.paceline.sandbox.replay;

import org.jspecify.annotations.NullMarked;
