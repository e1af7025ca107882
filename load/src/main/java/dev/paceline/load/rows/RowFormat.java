package dev.paceline.load.rows;

import dev.paceline.load.contract.ColumnType;

/// The form in which a warehouse takes rows: first each value is encoded into a [Field], then the
/// fields become a row.
public interface RowFormat {

  /// The most bytes that the rows of one line may have, in all tables together. A number in a list
  /// takes two bytes in JSON and up to fourteen in COPY, so the length of a line says little about
  /// it.
  int MAX_BYTES = 16 << 20;

  /// The encoder of a column's values.
  Encoder encoder(ColumnType type);

  /// Encodes text.
  void text(byte[] utf8, GrowableBuffer into);

  /// Encodes a `bigint`.
  void whole(long value, GrowableBuffer into);

  /// Encodes a valid JSON value.
  void json(GrowableBuffer value, GrowableBuffer into);

  /// How many bytes a row has.
  ///
  /// @param row the fields by column of the stage table
  int bytes(Field[] row);

  /// Appends a row, for which there is room.
  void row(Field[] row, GrowableBuffer rows);
}
