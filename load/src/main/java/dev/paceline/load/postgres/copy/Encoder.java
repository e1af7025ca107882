package dev.paceline.load.postgres.copy;

import java.io.IOException;

/// The binary form of one type.
interface Encoder {

  /// Appends the line's current value, which is not null, or refuses it.
  ///
  /// @return false where the value means null
  boolean encode(Line line, Bytes into) throws IOException, Misfit;
}
