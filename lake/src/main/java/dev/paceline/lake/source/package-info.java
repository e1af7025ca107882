/// The folder that describes a source, and what is wrong with its files. Start at
/// [dev.paceline.lake.source.SourceFolder], then [dev.paceline.lake.source.SourceFile].
@NullMarked
package dev.paceline.lake.source;

import org.jspecify.annotations.NullMarked;
