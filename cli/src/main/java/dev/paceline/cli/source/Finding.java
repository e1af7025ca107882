package dev.paceline.cli.source;

import com.fasterxml.jackson.core.JsonPointer;

/// Something wrong with a value, not yet located in its file.
///
/// @param where its place within the value
/// @param what e.g. `must be at least 2`; in lower case, without a full stop
public record Finding(JsonPointer where, String what) {

  /// Creates a finding.
  ///
  /// @param where a JSON pointer (RFC 6901), e.g. `/streams/3/name`; empty for the whole value
  public static Finding at(String where, String what) {
    return new Finding(JsonPointer.compile(where), what);
  }
}
