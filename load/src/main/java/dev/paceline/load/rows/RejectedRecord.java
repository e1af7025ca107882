package dev.paceline.load.rows;

import java.util.Optional;

/// A line that does not fit its tables.
///
/// @param table the one that it does not fit; the stream's first if it fits none
/// @param key as JSON, e.g. `[7322776451]`; empty if the line has none that can be read
/// @param part the key of the part's object in the lake
/// @param number of the line in its part, counted from 1
/// @param line as it is in the lake, its first [#LINE_BYTES]
/// @param reason for a reader, e.g. `column "distance" cannot hold "far": it is not a number`
/// @param column empty if the reason is not one column
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RejectedRecord(
    String table,
    String account,
    Optional<String> key,
    String part,
    long number,
    byte[] line,
    String reason,
    Optional<String> column) {

  /// How much of a line is kept.
  public static final int LINE_BYTES = 64 << 10;

  /// Takes rejected records, one at a time and in the order of the lake.
  @FunctionalInterface
  public interface Sink {
    void reject(RejectedRecord record);
  }
}
