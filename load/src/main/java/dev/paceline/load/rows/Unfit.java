package dev.paceline.load.rows;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A line that does not fit its tables: in which column, why, and the value as written.
public final class Unfit extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int MAX_SHOWN = 100;

  /// A reason may name a member, and names come from outside: they may have any length and any
  /// character.
  private static final int MAX_REASON = 300;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final String reason;
  private final @Nullable String table;
  private final @Nullable String column;
  private final @Nullable String value;

  public Unfit(String reason) {
    this(reason, null, null, null);
  }

  private Unfit(
      String reason, @Nullable String table, @Nullable String column, @Nullable String value) {
    super(null, null, false, false); // expected, and the message says it all: no stack trace
    this.reason = shortened(reason, MAX_REASON); // the whole may be as long as a line
    this.table = table;
    this.column = column;
    this.value = value == null ? null : shortened(value, MAX_SHOWN);
  }

  /// A record without a value that a row must have.
  static Unfit missing(String table, String column) {
    return new Unfit("it is missing, and a row must have it", table, column, null);
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
    String label = "column \"%s\"".formatted(shortened(column, MAX_SHOWN));
    return value == null
        ? "%s: %s".formatted(label, reason)
        : "%s cannot hold %s: %s".formatted(label, value, reason);
  }

  /// Never cuts a character in two.
  private static String shortened(String text, int length) {
    String shown = text;
    if (text.length() > length) {
      int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
      shown = text.substring(0, end) + "…";
    }
    return CONTROL.matcher(shown).replaceAll("?");
  }
}
