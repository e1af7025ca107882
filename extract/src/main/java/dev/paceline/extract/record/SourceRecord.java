package dev.paceline.extract.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// A record of a source.
///
/// @param key its key as a JSON array, e.g. `[7322776451]`
/// @param raw its JSON token for token, without white space between tokens
/// @param json the same, parsed; numbers are exact
@SuppressWarnings("ArrayRecordComponent") // compared by key and hash, never by itself
public record SourceRecord(String key, byte[] raw, JsonNode json) {

  /// The hash of its content: equal if two records have the same meaning.
  public String hash() {
    return CanonicalHash.of(json);
  }

  /// A member's text; empty if it is absent or null.
  public Optional<String> text(String member) {
    JsonNode value = json.path(member);
    return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
  }
}
