package dev.paceline.cli.source;

import com.fasterxml.jackson.core.JsonPointer;

/// Something wrong with a value, before anybody has looked for its line.
///
/// @param where within the value
/// @param what e.g. `must be at least 2`; begins in lower case, no full stop
public record Finding(JsonPointer where, String what) {

  /// A finding at a place.
  ///
  /// @param where as RFC 6901 writes it, e.g. `/streams/3/name`; empty for the whole value
  public static Finding at(String where, String what) {
    return new Finding(JsonPointer.compile(where), what);
  }
}
