package dev.paceline.extract.record;

import java.io.IOException;

/// Bytes that are not JSON, or not JSON of the required form: perhaps a truncated response.
public final class MalformedJson extends IOException {

  private static final long serialVersionUID = 1L;

  MalformedJson(String message) {
    super(message);
  }
}
