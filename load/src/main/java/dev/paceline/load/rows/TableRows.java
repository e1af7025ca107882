package dev.paceline.load.rows;

import dev.paceline.load.contract.TableContract;
import java.util.Map;

/// The rows of one table that wait to be sent to the warehouse.
public final class TableRows {

  /// How many bytes are worth sending.
  private static final int CHUNK = 1 << 16;

  private final TableContract contract;
  private final ByteBudget budget;
  private final Drift drift = new Drift();
  private final GrowableBuffer buffer = new GrowableBuffer(CHUNK + (CHUNK >> 1));
  private long count;
  private int lengthBefore;
  private long countBefore;

  TableRows(TableContract contract, ByteBudget budget) {
    this.contract = contract;
    this.budget = budget;
  }

  public TableContract contract() {
    return contract;
  }

  /// How many rows there were, including those already sent.
  public long count() {
    return count;
  }

  /// The members of its records that have no column, and how often they were seen.
  public Map<String, Long> drift() {
    return drift.counts();
  }

  Drift seen() {
    return drift;
  }

  /// Whether there is enough to be worth sending.
  public boolean isFull() {
    return buffer.length() >= CHUNK;
  }

  /// The waiting rows; to be cleared once they have been sent.
  public GrowableBuffer buffer() {
    return buffer;
  }

  /// Appends a row.
  void append(Field[] row, RowFormat format) throws Unfit {
    int bytes = format.bytes(row);
    budget.take(bytes);
    buffer.reserve(bytes);
    format.row(row, buffer);
    count++;
  }

  /// Remembers where the rows of the next line begin.
  void mark() {
    lengthBefore = buffer.length();
    countBefore = count;
  }

  /// Drops the rows since [#mark], and what was seen in them.
  void reset() {
    buffer.truncate(lengthBefore);
    count = countBefore;
    drift.reset();
  }

  /// Keeps the rows since [#mark].
  void keep() {
    drift.keep();
  }
}
