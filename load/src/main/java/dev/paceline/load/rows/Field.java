package dev.paceline.load.rows;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/// The value of one column in the current record, encoded for the warehouse.
public final class Field {

  private final String column;
  private final Encoder encoder;
  private final GrowableBuffer value = new GrowableBuffer(64);
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

  public boolean isPresent() {
    return present;
  }

  /// Encodes the line's current value. If a member occurs twice, the last one counts.
  void encode(Line line) throws IOException, RejectedRecord {
    value.clear();
    try {
      present = line.token() != JsonToken.VALUE_NULL && encoder.encode(line, value);
    } catch (RejectedRecord rejected) {
      throw rejected.in(column, line.currentValue());
    }
  }

  RejectedRecord missing() {
    return new RejectedRecord("it is missing, and a row must have it").in(column, null);
  }

  /// Whether both have the same value, or neither has one.
  boolean isSameAs(Field other) {
    return present == other.present && (!present || encoder.isSame(value, other.value));
  }

  RejectedRecord differs() {
    return new RejectedRecord("it differs from the key in the envelope").in(column, null);
  }

  /// The encoded value, while [#isPresent].
  public GrowableBuffer value() {
    return value;
  }
}
