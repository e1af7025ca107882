package dev.paceline.lake.store;

import java.io.IOException;
import java.io.InputStream;

/// Bytes to be stored, larger than one would hold in memory.
public interface Body {

  long size() throws IOException;

  /// Reads from the first byte on; a store that tries again asks again.
  InputStream open() throws IOException;
}
