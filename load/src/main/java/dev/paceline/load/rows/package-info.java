/// From the lake's parts to values: a thread of its own unpacks parts into lines, and each line is
/// projected by its table's contract. Start at [dev.paceline.load.rows.RecordProjection]; does not
/// know any database.
@NullMarked
package dev.paceline.load.rows;

import org.jspecify.annotations.NullMarked;
