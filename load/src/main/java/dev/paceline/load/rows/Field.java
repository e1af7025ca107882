package dev.paceline.load.rows;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/// The value of one column in the current record, encoded for the warehouse.
public final class Field {

  private final String table;
  private final String column;
  private final Encoder encoder;
  private final GrowableBuffer value = new GrowableBuffer(64);
  private boolean present;

  Field(String table, String column, Encoder encoder) {
    this.table = table;
    this.column = column;
    this.encoder = encoder;
  }

  public String column() {
    return column;
  }

  void clear() {
    present = false;
    value.clear();
  }

  public boolean isPresent() {
    return present;
  }

  /// Encodes the line's current value. If a member occurs twice in an object, the last one counts.
  void encode(Line line) throws IOException, Unfit {
    value.clear();
    try {
      present = line.token() != JsonToken.VALUE_NULL && encoder.encode(line, value);
    } catch (Unfit unfit) {
      throw unfit.in(column, line.currentValue()).of(table);
    }
  }

  /// The buffer for a value that does not come from a member of the record.
  GrowableBuffer overwrite() {
    value.clear();
    present = true;
    return value;
  }

  /// Whether both have the same value, or neither has one.
  boolean isSameAs(Field other) {
    return present == other.present && (!present || encoder.isSame(value, other.value));
  }

  /// The encoded value, while [#isPresent].
  public GrowableBuffer value() {
    return value;
  }
}
