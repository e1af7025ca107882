package dev.paceline.load.rows;

import org.jspecify.annotations.Nullable;

/// A record that its table cannot take: in which column, why, and the value as it stands there.
public final class RejectedRecord extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 100;

  private final String reason;
  private final @Nullable String column;
  private final @Nullable String value;

  public RejectedRecord(String reason) {
    this(reason, null, null);
  }

  private RejectedRecord(String reason, @Nullable String column, @Nullable String value) {
    super(reason, null, false, false); // expected and told in full: no stack trace
    this.reason = reason;
    this.column = column;
    this.value = value;
  }

  RejectedRecord in(String place, @Nullable String shown) {
    return new RejectedRecord(reason, place, shown);
  }

  /// As it is told, e.g. `column "distance" cannot take "far": it is no number`.
  @Override
  public String getMessage() {
    if (column == null) {
      return reason;
    }
    String named = "column \"%s\"".formatted(column);
    return value == null
        ? "%s: %s".formatted(named, reason)
        : "%s cannot take %s: %s".formatted(named, cut(value), reason);
  }

  private static String cut(String value) {
    if (value.length() <= SHOWN) {
      return value;
    }
    int end = Character.isHighSurrogate(value.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
    return value.substring(0, end) + "…";
  }
}
