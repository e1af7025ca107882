package dev.paceline.extract.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A record of a source. It is never a tree: one of 8 MiB would take 200 MiB.
///
/// @param key its key as a JSON array, e.g. `[7322776451]`
/// @param json as received
/// @param hash of its content: equal if two records have the same meaning
/// @param misfit why it is not written as it is; null if it is
public record SourceRecord(String key, JsonSlice json, String hash, @Nullable Misfit misfit) {

  /// A record of the lake.
  ///
  /// @throws IOException if it is not valid JSON
  /// @throws LimitExceeded if it exceeds a limit, and so was not written by us
  public static SourceRecord of(String key, JsonSlice json) throws IOException, LimitExceeded {
    return new SourceRecord(key, json, CanonicalHash.of(json), null);
  }

  /// Its JSON token for token, without white space between tokens: a copy.
  public byte[] raw() {
    return Minified.of(json);
  }

  /// A member's text, or its number as it is spelled; empty for any other value, or none, or if it
  /// is what does not fit.
  public Optional<String> text(String member) {
    try {
      Optional<JsonSlice> value = JsonMembers.member(json, member);
      return value.isEmpty() ? Optional.empty() : JsonMembers.scalar(value.get());
    } catch (IOException unreadable) {
      if (misfit == null) {
        throw unchecked(unreadable);
      }
      return Optional.empty();
    }
  }

  /// The hash of a member; that of an absent one if there is none.
  public String hashOf(String member) {
    return read(() -> {
      Optional<JsonSlice> value = JsonMembers.member(json, member);
      return value.isEmpty() ? CanonicalHash.OF_ABSENT : CanonicalHash.of(value.get());
    });
  }

  /// The hash of a request and those of its members that count.
  public String hashWith(String request, MemberFilter filter) {
    return read(() -> CanonicalHash.of(request, json, filter));
  }

  /// The texts, numbers and booleans at a path such as `bikes.id`, the `id` of each element of
  /// `bikes`, in their order.
  public List<JsonNode> values(String path) {
    return read(() -> {
      List<JsonNode> values = new ArrayList<>();
      try (JsonParser parser = ExactJson.parser(json)) {
        parser.nextToken();
        collect(parser, path, values);
      }
      return values;
    });
  }

  private static void collect(JsonParser parser, String path, List<JsonNode> into)
      throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        collect(parser, path, into);
      }
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      int dot = path.indexOf('.');
      String member = dot < 0 ? path : path.substring(0, dot);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean here = parser.currentName().equals(member);
        JsonToken value = parser.nextToken();
        if (here && dot >= 0) {
          collect(parser, path.substring(dot + 1), into);
        } else if (here && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
          into.add(parser.readValueAsTree());
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException, LimitExceeded;
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException | LimitExceeded impossible) {
      throw unchecked(impossible);
    }
  }

  private static IllegalStateException unchecked(Exception cause) {
    return new IllegalStateException("A record was not checked.", cause);
  }
}
