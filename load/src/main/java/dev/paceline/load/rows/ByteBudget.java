package dev.paceline.load.rows;

/// How many bytes may still follow, of the values of a record or of the rows of a line in all
/// tables together: [RowFormat#MAX_BYTES] of each.
final class ByteBudget {

  private int left;

  void start() {
    left = RowFormat.MAX_BYTES;
  }

  void take(int bytes) throws Unfit {
    left -= bytes;
    if (left < 0) {
      throw Unfit.tooLarge();
    }
  }
}
