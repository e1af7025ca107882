package dev.paceline.load.rows;

import org.jspecify.annotations.Nullable;

/// A line that does not fit its tables: in which column, why, and the value as written.
public final class Unfit extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int MAX_SHOWN = 100;

  private final String reason;
  private final @Nullable String table;
  private final @Nullable String column;
  private final @Nullable String value;

  public Unfit(String reason) {
    this(reason, null, null, null);
  }

  private Unfit(
      String reason, @Nullable String table, @Nullable String column, @Nullable String value) {
    super(reason, null, false, false); // expected, and the message says it all: no stack trace
    this.reason = reason;
    this.table = table;
    this.column = column;
    this.value = value;
  }

  /// A line whose values are too many for the warehouse, however short they are as JSON.
  public static Unfit tooLarge() {
    return new Unfit(
        "its values take more than %d MiB in the warehouse".formatted(RowFormat.MAX_BYTES >> 20));
  }

  Unfit in(String place, @Nullable String shown) {
    return new Unfit(reason, table, place, shown);
  }

  Unfit of(String name) {
    return new Unfit(reason, name, column, value);
  }

  /// The same for an element of a list.
  ///
  /// @param ordinal counted from 1
  Unfit inElement(long ordinal) {
    return new Unfit("%s (element %d)".formatted(reason, ordinal), table, column, value);
  }

  /// The table whose column it is; null if the line fits none.
  @Nullable String table() {
    return table;
  }

  @Nullable String column() {
    return column;
  }

  /// For example `column "distance" cannot hold "far": it is not a number`.
  @Override
  public String getMessage() {
    if (column == null) {
      return reason;
    }
    String label = "column \"%s\"".formatted(column);
    return value == null
        ? "%s: %s".formatted(label, reason)
        : "%s cannot hold %s: %s".formatted(label, shortened(value), reason);
  }

  private static String shortened(String value) {
    if (value.length() <= MAX_SHOWN) {
      return value;
    }
    int end = Character.isHighSurrogate(value.charAt(MAX_SHOWN - 1)) ? MAX_SHOWN - 1 : MAX_SHOWN;
    return value.substring(0, end) + "…";
  }
}
