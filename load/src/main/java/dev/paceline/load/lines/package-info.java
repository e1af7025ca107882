/// Lines of the lake's parts, unpacked ahead by a thread of their own. Start at
/// [dev.paceline.load.lines.LineBlocks]; knows no table and no database.
@NullMarked
package dev.paceline.load.lines;

import org.jspecify.annotations.NullMarked;
