package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import java.time.Instant;
import java.util.HexFormat;

/// The photos of an activity, as many as its summary counts. Their URLs lead nowhere.
public final class Photos {
  private static final int WIDTH = 4;
  private static final int HEIGHT = 3;

  private Photos() {}

  public static int count(ObjectNode summary) {
    return summary.path("total_photo_count").intValue();
  }

  /// `size` is the requested length of the longer side in pixels.
  public static ObjectNode nth(ObjectNode summary, int n, int size) {
    String name = name(summary, n);
    Instant taken = Instant.parse(summary.path("start_date").asText()).plusSeconds(60L * (n + 1));
    long offset = summary.path("utc_offset").longValue();
    ObjectNode photo = Json.object();
    photo.put("unique_id", name).put("resource_state", 2);
    photo.put("athlete_id", summary.path("athlete").path("id").longValue());
    photo.put("activity_id", summary.path("id").longValue());
    photo.put("activity_name", summary.path("name").asText()).put("caption", "");
    photo.put("type", 1).put("source", 1).put("status", 3);
    photo.put("uploaded_at", SummaryActivity.utc(taken.plusSeconds(3600)));
    photo.put("created_at", SummaryActivity.utc(taken));
    photo.put("created_at_local", SummaryActivity.utc(taken.plusSeconds(offset)));
    String label = Integer.toString(size);
    photo.putObject("urls").put(label, url(name, size));
    photo.putObject("sizes").putArray(label).add(size).add(size / WIDTH * HEIGHT);
    return photo.put("default_photo", n == 0).putNull("cursor");
  }

  static String name(ObjectNode summary, int n) {
    return HexFormat.of().toHexDigits(SeededRandom.mix(summary.path("id").longValue(), n, 'P'));
  }

  static String url(String name, int size) {
    return "https://photos.invalid/" + name + "-" + size + ".jpg";
  }
}
