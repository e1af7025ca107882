/// Reads the folder that describes a source, and reports what is wrong with its files. Start at
/// [dev.paceline.cli.source.SourceFolder], then [dev.paceline.cli.source.SourceFile].
@NullMarked
package dev.paceline.cli.source;

import org.jspecify.annotations.NullMarked;
