package dev.paceline.lake.store;

import java.io.IOException;
import java.io.InputStream;

/// Bytes to be stored that are too large to hold in memory.
public interface Body {

  long size() throws IOException;

  /// Opens the bytes at the start; a store that retries opens them again.
  InputStream open() throws IOException;
}
