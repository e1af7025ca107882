package dev.paceline.load.rows;

import org.jspecify.annotations.Nullable;

/// A record that does not fit its table: in which column, why, and the value as written.
public final class RejectedRecord extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int MAX_SHOWN = 100;

  private final String reason;
  private final @Nullable String column;
  private final @Nullable String value;

  public RejectedRecord(String reason) {
    this(reason, null, null);
  }

  private RejectedRecord(String reason, @Nullable String column, @Nullable String value) {
    super(reason, null, false, false); // expected, and the message says it all: no stack trace
    this.reason = reason;
    this.column = column;
    this.value = value;
  }

  RejectedRecord in(String place, @Nullable String shown) {
    return new RejectedRecord(reason, place, shown);
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
