package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Catalogue;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.ListedActivity;
import dev.paceline.sandbox.world.Memory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;

/// What lies below `/api/v3`. A token reads its own athlete's activities, without those that are
/// for the athlete alone.
final class StravaApi {
  static final String PREFIX = "/api/v3";
  private static final String BEARER = "Bearer ";

  private final Catalogue catalogue;
  private final Memory memory;
  private final RateLimits rateLimits;
  private final CallCounts calls;

  StravaApi(Catalogue catalogue, Memory memory, RateLimits rateLimits, CallCounts calls) {
    this.catalogue = catalogue;
    this.memory = memory;
    this.rateLimits = rateLimits;
    this.calls = calls;
  }

  /// Answers one call on behalf of an athlete.
  @FunctionalInterface
  private interface Endpoint {
    byte[] answer(Context context, long athlete);
  }

  void addTo(RoutesConfig routes) {
    get(routes, "/athlete", (context, athlete) -> Json.bytes(catalogue.athlete(athlete)));
    get(routes, "/athlete/activities", this::listing);
    get(routes, "/activities/{id}", this::detail);
    get(routes, "/activities/{id}/streams", (context, athlete) -> streams(context));
  }

  private void get(RoutesConfig routes, String path, Endpoint endpoint) {
    routes.get(PREFIX + path, context -> answer(context, path, endpoint));
  }

  private void answer(Context context, String path, Endpoint endpoint) {
    Instant now = memory.clock().now();
    try {
      Answers.json(context, 200, endpoint.answer(context, caller(context, now)));
    } catch (StravaFault fault) {
      Answers.fault(context, fault);
    }
    rateLimits.putHeaders(context);
    calls.count(path, context.statusCode());
  }

  /// Only a call that Strava can tell whose it is counts.
  private long caller(Context context, Instant now) {
    String authorization = context.header("Authorization");
    if (authorization == null || !authorization.startsWith(BEARER)) {
      throw StravaFault.unauthorized();
    }
    String token = authorization.substring(BEARER.length()).strip();
    long athlete = memory.tokens().owner(token, now).orElseThrow(StravaFault::unauthorized);
    if (!rateLimits.count()) {
      throw StravaFault.tooManyRequests();
    }
    return athlete;
  }

  private byte[] listing(Context context, long athlete) {
    ListingQuery query = ListingQuery.of(context, memory.clock().now());
    List<ListedActivity> found = catalogue.of(athlete).between(query.after(), query.before());
    long first =
        Math.min(
            found.size(),
            Math.multiplyExact(Math.min(query.page() - 1, found.size()), (long) query.perPage()));
    long last = Math.min(found.size(), first + query.perPage());
    return Answers.array(found.subList((int) first, (int) last));
  }

  private byte[] detail(Context context, long athlete) {
    boolean allEfforts = Parameters.flag(context, "include_all_efforts", false);
    ListedActivity activity = activity(context, athlete);
    byte[] detail = catalogue.detail(activity);
    return allEfforts ? detail : withoutHiddenEfforts(detail);
  }

  private ListedActivity activity(Context context, long athlete) {
    long id;
    try {
      id = Long.parseLong(context.pathParam("id"));
    } catch (NumberFormatException e) {
      throw StravaFault.badRequest("Activity", "id", "invalid");
    }
    return catalogue.of(athlete).activity(id).orElseThrow(StravaFault::noSuchActivity);
  }

  /// No activity has streams here.
  private byte[] streams(Context context) {
    Parameters.flag(context, "key_by_type", false);
    throw StravaFault.noSuchActivity();
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
}
