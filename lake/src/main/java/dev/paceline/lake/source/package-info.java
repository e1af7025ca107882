/// The folder that describes a source. Start at [dev.paceline.lake.source.SourceFolder].
@NullMarked
package dev.paceline.lake.source;

import org.jspecify.annotations.NullMarked;
