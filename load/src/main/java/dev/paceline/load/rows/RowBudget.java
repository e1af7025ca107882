package dev.paceline.load.rows;

/// How many bytes the rows of the current line may still have, in all tables together.
final class RowBudget {

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
