/// From the lake's parts to values: a thread of its own unpacks parts into lines, and each line is
/// projected by its table's contract. Start at [dev.paceline.load.rows.RecordProjection]. Enforces
/// the limits of Postgres's types, but knows no SQL and no connection.
@NullMarked
package dev.paceline.load.rows;

import org.jspecify.annotations.NullMarked;
