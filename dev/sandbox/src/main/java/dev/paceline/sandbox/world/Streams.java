package dev.paceline.sandbox.world;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What a device recorded of an activity: columns of one length, by Strava's names.
///
/// `blanks` are the points at which nothing but the time was recorded.
public record Streams(int size, SequencedMap<String, Column> columns, BitSet blanks) {
  /// All that Strava has, in its order.
  public static final List<String> KEYS =
      List.of(
          "time",
          "distance",
          "latlng",
          "altitude",
          "velocity_smooth",
          "heartrate",
          "cadence",
          "watts",
          "temp",
          "moving",
          "grade_smooth");

  /// One measure, by point.
  @FunctionalInterface
  public interface Column {
    void write(JsonGenerator json, int point) throws IOException;
  }

  /// How finely a client wants them: at most so many points.
  public enum Resolution {
    ALL("high", Integer.MAX_VALUE),
    HIGH("high", 10_000),
    MEDIUM("medium", 1_000),
    LOW("low", 100);

    private final String label;
    private final int most;

    Resolution(String label, int most) {
      this.label = label;
      this.most = most;
    }
  }

  /// `{"time":{"data":[…],"series_type":"distance","original_size":…,"resolution":"high"},…}`
  public byte[] byType(Collection<String> keys, Resolution resolution) {
    return Json.write(json -> {
      json.writeStartObject();
      for (Map.Entry<String, Column> column : columns.entrySet()) {
        if (keys.contains(column.getKey())) {
          json.writeObjectFieldStart(column.getKey());
          write(json, column, resolution);
        }
      }
      json.writeEndObject();
    });
  }

  /// `[{"type":"time","data":[…],…},…]`
  public byte[] list(Collection<String> keys, Resolution resolution) {
    return Json.write(json -> {
      json.writeStartArray();
      for (Map.Entry<String, Column> column : columns.entrySet()) {
        if (keys.contains(column.getKey())) {
          json.writeStartObject();
          json.writeStringField("type", column.getKey());
          write(json, column, resolution);
        }
      }
      json.writeEndArray();
    });
  }

  private void write(JsonGenerator json, Map.Entry<String, Column> column, Resolution resolution)
      throws IOException {
    int shown = Math.min(size, resolution.most);
    json.writeArrayFieldStart("data");
    for (int i = 0; i < shown; i++) {
      int point = shown == size ? i : (int) ((long) i * (size - 1) / (shown - 1));
      if (blanks.get(point) && !column.getKey().equals("time")) {
        json.writeNull();
      } else {
        column.getValue().write(json, point);
      }
    }
    json.writeEndArray();
    json.writeStringField("series_type", "distance");
    json.writeNumberField("original_size", size);
    json.writeStringField("resolution", resolution.label);
    json.writeEndObject();
  }
}
