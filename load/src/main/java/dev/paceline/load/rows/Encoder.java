package dev.paceline.load.rows;

import java.io.IOException;

/// Writes values of one type in the form that the warehouse takes.
public interface Encoder {

  /// Appends the line's current value, which is not null, or rejects it.
  ///
  /// @return false if the value stands for null
  boolean encode(Line line, GrowableBuffer into) throws IOException, Unfit;

  /// Whether two encoded values are equal, however they were written.
  default boolean isSame(GrowableBuffer one, GrowableBuffer other) {
    return one.hasSameBytesAs(other);
  }
}
