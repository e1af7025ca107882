package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.simulation.Comments;
import dev.paceline.sandbox.simulation.Kudos;
import dev.paceline.sandbox.simulation.Photos;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.ListedActivity;
import dev.paceline.sandbox.world.Streams;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/// Everything that an athlete's token can read now, as JSON lines: what a test compares a lake
/// with. Empty data, and data that the scopes do not cover, has no line.
final class ExpectedSnapshot {
  private static final int PHOTO_SIZE = 5000;

  private static final List<String> STREAMS =
      List.of(
          "activities",
          "activity_details",
          "activity_streams",
          "gear",
          "athlete",
          "athlete_zones",
          "athlete_stats",
          "starred_segments",
          "routes",
          "clubs",
          "comments",
          "kudos",
          "photos");

  private final VisibleData data;
  private final Set<String> streams;
  private final OutputStream out;

  private ExpectedSnapshot(VisibleData data, Set<String> streams, OutputStream out) {
    this.data = data;
    this.streams = streams;
    this.out = out;
  }

  /// The streams to write: all if none is named. Throws [IllegalArgumentException] for an unknown
  /// one.
  static Set<String> streams(List<String> names) {
    for (String name : names) {
      if (!STREAMS.contains(name)) {
        throw new IllegalArgumentException(
            "\"%s\" is not a stream; the streams are %s."
                .formatted(name, String.join(", ", STREAMS)));
      }
    }
    return new LinkedHashSet<>(names.isEmpty() ? STREAMS : names);
  }

  /// Writes line by line, because the streams of a whole history do not fit into memory.
  static void write(VisibleData data, Set<String> streams, OutputStream out) throws IOException {
    ExpectedSnapshot snapshot = new ExpectedSnapshot(data, streams, out);
    snapshot.writeAthlete();
    if (data.scopes().canReadActivities()) {
      for (ListedActivity activity : data.activities().all()) {
        snapshot.writeActivity(activity);
      }
    }
  }

  private void writeAthlete() throws IOException {
    String athlete = Long.toString(data.athleteId());
    if (streams.contains("athlete")) {
      writeLine("athlete", athlete, Json.bytes(data.athlete()));
    }
    if (streams.contains("athlete_zones") && data.scopes().canReadProfile()) {
      writeLine("athlete_zones", athlete, Json.bytes(data.zones()));
    }
    if (streams.contains("athlete_stats")) {
      writeLine("athlete_stats", athlete, Json.bytes(data.stats()));
    }
    if (streams.contains("gear")) {
      for (String id : gearIds()) {
        writeLine("gear", "\"" + id + "\"", Json.bytes(data.gear(id)));
      }
    }
    if (streams.contains("starred_segments") && data.scopes().canRead()) {
      writeLines("starred_segments", data.starredSegments());
    }
    if (streams.contains("routes") && data.scopes().canRead()) {
      writeLines("routes", data.routes());
    }
    if (streams.contains("clubs") && data.scopes().canReadProfile()) {
      writeLines("clubs", data.clubs());
    }
  }

  /// The gear of the athlete's profile, and any other gear that the activities refer to.
  private Set<String> gearIds() {
    Set<String> ids = new LinkedHashSet<>();
    ObjectNode athlete = data.athlete();
    athlete.path("bikes").forEach(bike -> ids.add(bike.path("id").asText()));
    athlete.path("shoes").forEach(shoe -> ids.add(shoe.path("id").asText()));
    if (data.scopes().canReadActivities()) {
      ids.addAll(data.activities().metresByGear().keySet().stream().sorted().toList());
    }
    return ids;
  }

  private void writeActivity(ListedActivity activity) throws IOException {
    String id = Long.toString(activity.id());
    if (streams.contains("activities")) {
      writeLine("activities", id, activity.json());
    }
    if (streams.contains("activity_details")) {
      writeLine("activity_details", id, data.detail(activity));
    }
    if (streams.contains("activity_streams")) {
      Optional<Streams> streams = data.streams(activity);
      if (streams.isPresent()) {
        writeLine(
            "activity_streams", id, streams.get().byType(Streams.KEYS, Streams.Resolution.ALL));
      }
    }
    ObjectNode summary = activity.record();
    writeChildren("comments", id, Comments.count(summary), n -> Comments.nth(summary, n));
    writeChildren("kudos", id, Kudos.count(summary), n -> Kudos.nth(summary, n));
    writeChildren("photos", id, Photos.count(summary), n -> Photos.nth(summary, n, PHOTO_SIZE));
  }

  private void writeChildren(String stream, String activity, int count, IntFunction<ObjectNode> nth)
      throws IOException {
    if (streams.contains(stream) && count > 0) {
      ArrayNode all = Json.object().putArray(stream);
      for (int n = 0; n < count; n++) {
        all.add(nth.apply(n));
      }
      writeLine(stream, activity, Json.bytes(all));
    }
  }

  private void writeLines(String stream, List<ObjectNode> records) throws IOException {
    for (ObjectNode each : records) {
      writeLine(stream, each.path("id").toString(), Json.bytes(each));
    }
  }

  /// Writes the data byte for byte.
  private void writeLine(String stream, String key, byte[] data) throws IOException {
    String head = "{\"stream\":\"%s\",\"key\":[%s],\"data\":".formatted(stream, key);
    out.write(head.getBytes(StandardCharsets.UTF_8));
    out.write(data);
    out.write("}\n".getBytes(StandardCharsets.UTF_8));
  }
}
