package dev.paceline.load.rows;

import java.io.IOException;

/// Writes values of one type in the form that the warehouse takes.
public interface Encoder {

  /// Appends the line's current value, which is not null, or refuses it.
  ///
  /// @return false where the value means null
  boolean encode(Line line, GrowableBuffer into) throws IOException, RejectedRecord;
}
