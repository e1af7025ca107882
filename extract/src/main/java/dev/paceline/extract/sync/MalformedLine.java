package dev.paceline.extract.sync;

import com.fasterxml.jackson.core.JacksonException;
import dev.paceline.lake.JsonFault;

/// A line of a part that no run of ours has written.
final class MalformedLine extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedLine(String message) {
    super(message);
  }

  MalformedLine(Exception cause) {
    super(
        cause instanceof JacksonException malformed ? JsonFault.of(malformed) : cause.getMessage(),
        cause);
  }
}
