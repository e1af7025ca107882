package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.simulation.Comments;
import dev.paceline.sandbox.simulation.Kudos;
import dev.paceline.sandbox.simulation.Photos;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.ListedActivity;
import dev.paceline.sandbox.world.SandboxClock;
import dev.paceline.sandbox.world.Streams;
import dev.paceline.sandbox.world.Streams.Resolution;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The listing of activities and the endpoints below a single activity.
final class ActivityEndpoints {
  private static final int DEFAULT_PHOTO_SIZE = 600;

  private final SandboxClock clock;

  ActivityEndpoints(SandboxClock clock) {
    this.clock = clock;
  }

  void addTo(StravaApi api, RoutesConfig routes) {
    api.get(routes, "/athlete/activities", this::listing);
    api.get(routes, "/activities/{id}", ActivityEndpoints::detail);
    api.get(routes, "/activities/{id}/streams", ActivityEndpoints::streams);
    api.get(routes, "/activities/{id}/laps", ActivityEndpoints::laps);
    api.get(routes, "/activities/{id}/zones", ActivityEndpoints::zones);
    api.get(routes, "/activities/{id}/comments", ActivityEndpoints::comments);
    api.get(routes, "/activities/{id}/kudos", ActivityEndpoints::kudos);
    api.get(routes, "/activities/{id}/photos", ActivityEndpoints::photos);
  }

  private Payload listing(Context context, VisibleData data) {
    ListingQuery query = ListingQuery.of(context, clock.now());
    List<ListedActivity> matching = data.activities().between(query.after(), query.before());
    return Payload.of(context, Responses.array(query.page().of(matching)));
  }

  private static Payload detail(Context context, VisibleData data) {
    boolean allEfforts = Parameters.flag(context, "include_all_efforts", false);
    byte[] detail = data.detail(activity(context, data));
    return Payload.of(context, allEfforts ? detail : withoutHiddenEfforts(detail));
  }

  private static byte[] withoutHiddenEfforts(byte[] detail) {
    ObjectNode json = Json.object(detail);
    if (!(json.path("segment_efforts") instanceof ArrayNode efforts)) {
      return detail;
    }
    int before = efforts.size();
    efforts.removeIf(effort -> effort.path("hidden").booleanValue());
    return efforts.size() == before ? detail : Json.bytes(json);
  }

  private static Payload streams(Context context, VisibleData data) {
    ListedActivity activity = activity(context, data);
    List<String> keys = keys(context);
    boolean byType = Parameters.flag(context, "key_by_type", false);
    Resolution resolution = resolution(context);
    if (byType && resolution == Resolution.ALL && keys.containsAll(Streams.KEYS)) {
      Optional<Payload> prepared = data.preparedStreams(activity, Payload.acceptsGzip(context));
      if (prepared.isPresent()) {
        return prepared.get();
      }
    }
    Streams streams =
        data.streams(activity).orElseThrow(() -> StravaException.notFound("Stream", "id"));
    return Payload.of(
        context, byType ? streams.byType(keys, resolution) : streams.list(keys, resolution));
  }

  private static List<String> keys(Context context) {
    List<String> keys = Parameters.list(context, "keys");
    if (keys.isEmpty() || !Streams.KEYS.containsAll(keys)) {
      throw StravaException.badRequest("Stream", "keys", "invalid");
    }
    return keys;
  }

  private static Resolution resolution(Context context) {
    String text = context.queryParam("resolution");
    return switch (text == null ? "" : text) {
      case "" -> Resolution.ALL;
      case "high" -> Resolution.HIGH;
      case "medium" -> Resolution.MEDIUM;
      case "low" -> Resolution.LOW;
      default -> throw StravaException.badRequest("Stream", "resolution", "invalid");
    };
  }

  /// Those of the details; none for an activity that was entered by hand.
  private static Payload laps(Context context, VisibleData data) {
    JsonNode laps = Json.object(data.detail(activity(context, data))).path("laps");
    return Payload.of(context, Json.bytes(laps.isArray() ? laps : Json.object().arrayNode()));
  }

  private static Payload zones(Context context, VisibleData data) {
    return Payload.of(context, Responses.list(ActivityZones.of(activity(context, data), data)));
  }

  private static Payload comments(Context context, VisibleData data) {
    ObjectNode summary = activity(context, data).record();
    int size = Page.size(context, "page_size");
    String cursor = context.queryParam("after_cursor");
    int count = Comments.count(summary);
    int from = Math.min(count, cursor == null || cursor.isEmpty() ? 0 : after(cursor));
    List<ObjectNode> page =
        IntStream.range(from, Math.min(count, from + size))
            .mapToObj(n -> Comments.nth(summary, n))
            .toList();
    return Payload.of(context, Responses.list(page));
  }

  private static int after(String cursor) {
    try {
      return Math.max(0, Comments.after(cursor));
    } catch (NumberFormatException e) {
      throw StravaException.badRequest("Comment", "after_cursor", "invalid");
    }
  }

  private static Payload kudos(Context context, VisibleData data) {
    ObjectNode summary = activity(context, data).record();
    List<ObjectNode> page = Page.of(context).of(Kudos.count(summary), n -> Kudos.nth(summary, n));
    return Payload.of(context, Responses.list(page));
  }

  /// Returns all photos without paging, whatever `photo_sources` is; `size` is the longer side of
  /// the images.
  private static Payload photos(Context context, VisibleData data) {
    ObjectNode summary = activity(context, data).record();
    int size = Math.clamp(Parameters.number(context, "size", DEFAULT_PHOTO_SIZE), 1, 5000);
    Parameters.flag(context, "photo_sources", false);
    List<ObjectNode> photos = new ArrayList<>();
    for (int n = 0; n < Photos.count(summary); n++) {
      photos.add(Photos.nth(summary, n, size));
    }
    return Payload.of(context, Responses.list(photos));
  }

  private static ListedActivity activity(Context context, VisibleData data) {
    try {
      return data.activity(Long.parseLong(context.pathParam("id")));
    } catch (NumberFormatException e) {
      throw StravaException.badRequest("Activity", "id", "invalid");
    }
  }
}
