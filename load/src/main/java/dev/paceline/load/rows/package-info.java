/// The lake's lines as values: parts are unpacked ahead by a thread of their own, and each line is
/// projected by its table's contract. Start at [dev.paceline.load.rows.RecordProjection]; does not
/// know any database.
@NullMarked
package dev.paceline.load.rows;

import org.jspecify.annotations.NullMarked;
