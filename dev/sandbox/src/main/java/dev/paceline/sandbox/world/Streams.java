package dev.paceline.sandbox.world;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What a device recorded of an activity: columns of equal length, by Strava's names.
///
/// `blanks` are the points at which only the time was recorded.
public record Streams(int size, SequencedMap<String, Column> columns, BitSet blanks) {
  /// All of Strava's keys, in its order.
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

  /// Writes the value of one measure at a point.
  @FunctionalInterface
  public interface Column {
    void write(JsonGenerator json, int point) throws IOException;
  }

  /// The resolution a client asks for: the maximum number of points.
  public enum Resolution {
    ALL("high", Integer.MAX_VALUE),
    HIGH("high", 10_000),
    MEDIUM("medium", 1_000),
    LOW("low", 100);

    private final String label;
    private final int maxPoints;

    Resolution(String label, int maxPoints) {
      this.label = label;
      this.maxPoints = maxPoints;
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
    int shown = Math.min(size, resolution.maxPoints);
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
