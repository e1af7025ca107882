package dev.paceline.load.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.paceline.lake.Json;
import java.nio.charset.StandardCharsets;

/// Reads and writes the jsonb columns of `ops`.
final class JsonColumn {

  private JsonColumn() {}

  static String write(Object value) {
    return new String(Json.bytes(value), StandardCharsets.UTF_8);
  }

  static <T> T read(String json, TypeReference<T> type) {
    try {
      return Json.MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "A column of ops contains a value that load never writes.", e);
    }
  }
}
