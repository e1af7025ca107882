package dev.paceline.load.postgres.copy;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A column's value of the record that is being read, in its binary form.
final class Field {

  private static final int NULL = -1;

  private final String column;
  private final Encoder encoder;
  private final Bytes value = new Bytes(64);
  private boolean present;

  Field(String column, Encoder encoder) {
    this.column = column;
    this.encoder = encoder;
  }

  String column() {
    return column;
  }

  void clear() {
    present = false;
  }

  boolean isPresent() {
    return present;
  }

  /// Takes the line's current value; of a member that stands twice the last one counts.
  void take(Line line) throws IOException, Misfit {
    value.clear();
    try {
      present = line.token() != JsonToken.VALUE_NULL && encoder.encode(line, value);
    } catch (Misfit misfit) {
      throw misfit.in(column, line.show());
    }
  }

  Misfit missing() {
    return new Misfit("it is missing, and a row cannot be without it").in(column, null);
  }

  void write(Bytes row) {
    writeNullable(present ? value : null, row);
  }

  static void writeNullable(@Nullable Bytes value, Bytes row) {
    if (value == null) {
      row.putInt(NULL);
    } else {
      row.putInt(value.length());
      row.put(value);
    }
  }
}
