package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.life.Comments;
import dev.paceline.sandbox.life.Kudos;
import dev.paceline.sandbox.life.Photos;
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

/// Everything that an athlete's token would be told now, as JSON lines: what a test compares a lake
/// with. What is refused for want of a scope, and what is empty, has no line.
final class Truth {
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

  private final Told told;
  private final Set<String> wanted;
  private final OutputStream out;

  private Truth(Told told, Set<String> wanted, OutputStream out) {
    this.told = told;
    this.wanted = wanted;
    this.out = out;
  }

  /// Which streams are wanted: all where none is named. Complains about one that is unknown.
  static Set<String> wanted(List<String> named) {
    for (String name : named) {
      if (!STREAMS.contains(name)) {
        throw new IllegalArgumentException(
            "\"%s\" is no stream; there are %s.".formatted(name, String.join(", ", STREAMS)));
      }
    }
    return new LinkedHashSet<>(named.isEmpty() ? STREAMS : named);
  }

  /// Line by line: the streams of a life do not fit into memory.
  static void write(Told told, Set<String> wanted, OutputStream out) throws IOException {
    Truth truth = new Truth(told, wanted, out);
    truth.writeAthlete();
    if (told.scopes().readActivities()) {
      for (ListedActivity activity : told.activities().all()) {
        truth.writeActivity(activity);
      }
    }
  }

  private void writeAthlete() throws IOException {
    String athlete = Long.toString(told.id());
    if (wanted.contains("athlete")) {
      line("athlete", athlete, Json.bytes(told.athlete()));
    }
    if (wanted.contains("athlete_zones") && told.scopes().readProfile()) {
      line("athlete_zones", athlete, Json.bytes(told.zones()));
    }
    if (wanted.contains("athlete_stats")) {
      line("athlete_stats", athlete, Json.bytes(told.stats()));
    }
    if (wanted.contains("gear")) {
      for (String id : gear()) {
        line("gear", "\"" + id + "\"", Json.bytes(told.gear(id)));
      }
    }
    if (wanted.contains("starred_segments") && told.scopes().read()) {
      lines("starred_segments", told.starredSegments());
    }
    if (wanted.contains("routes") && told.scopes().read()) {
      lines("routes", told.routes());
    }
    if (wanted.contains("clubs") && told.scopes().readProfile()) {
      lines("clubs", told.clubs());
    }
  }

  /// The athlete's, and what the activities show besides.
  private Set<String> gear() {
    Set<String> ids = new LinkedHashSet<>();
    ObjectNode athlete = told.athlete();
    athlete.path("bikes").forEach(bike -> ids.add(bike.path("id").asText()));
    athlete.path("shoes").forEach(shoe -> ids.add(shoe.path("id").asText()));
    if (told.scopes().readActivities()) {
      ids.addAll(told.activities().metresByGear().keySet().stream().sorted().toList());
    }
    return ids;
  }

  private void writeActivity(ListedActivity activity) throws IOException {
    String id = Long.toString(activity.id());
    if (wanted.contains("activities")) {
      line("activities", id, activity.json());
    }
    if (wanted.contains("activity_details")) {
      line("activity_details", id, told.detail(activity));
    }
    if (wanted.contains("activity_streams")) {
      Optional<Streams> streams = told.streams(activity);
      if (streams.isPresent()) {
        line("activity_streams", id, streams.get().byType(Streams.KEYS, Streams.Resolution.ALL));
      }
    }
    ObjectNode summary = activity.record();
    below("comments", id, Comments.count(summary), n -> Comments.nth(summary, n));
    below("kudos", id, Kudos.count(summary), n -> Kudos.nth(summary, n));
    below("photos", id, Photos.count(summary), n -> Photos.nth(summary, n, PHOTO_SIZE));
  }

  private void below(String stream, String activity, int count, IntFunction<ObjectNode> nth)
      throws IOException {
    if (wanted.contains(stream) && count > 0) {
      ArrayNode all = Json.object().putArray(stream);
      for (int n = 0; n < count; n++) {
        all.add(nth.apply(n));
      }
      line(stream, activity, Json.bytes(all));
    }
  }

  private void lines(String stream, List<ObjectNode> records) throws IOException {
    for (ObjectNode each : records) {
      line(stream, each.path("id").toString(), Json.bytes(each));
    }
  }

  /// The data as they are: digits and all.
  private void line(String stream, String key, byte[] data) throws IOException {
    String head = "{\"stream\":\"%s\",\"key\":[%s],\"data\":".formatted(stream, key);
    out.write(head.getBytes(StandardCharsets.UTF_8));
    out.write(data);
    out.write("}\n".getBytes(StandardCharsets.UTF_8));
  }
}
