/// From the lake's parts to rows: a thread of its own unpacks parts into lines, and each line
/// becomes rows of the tables that its stream fills. Start at [dev.paceline.load.rows.Projection].
/// How a value is written is up to a [dev.paceline.load.rows.RowFormat]; here is no SQL and no
/// connection.
@NullMarked
package dev.paceline.load.rows;

import org.jspecify.annotations.NullMarked;
