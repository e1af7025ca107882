package dev.paceline.load.rows;

/// Whole lines of one part, each with its line feed.
///
/// @param part the index of the part in the list that is read
/// @param bytes valid up to `length`, and until the block is released
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LineBlock(int part, byte[] bytes, int length) {

  /// The end of the line that begins at `from`: where its line feed is.
  public int lineEnd(int from) {
    int at = from;
    while (bytes[at] != '\n') {
      at++;
    }
    return at;
  }
}
