package dev.paceline.sandbox.http;

import dev.paceline.sandbox.world.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/// The endpoints of an athlete that do not belong to an activity.
final class AthleteEndpoints {
  void addTo(StravaApi api, RoutesConfig routes) {
    api.get(routes, "/athlete", (context, data) -> Payload.of(context, Json.bytes(data.athlete())));
    api.get(
        routes, "/athlete/zones", (context, data) -> Payload.of(context, Json.bytes(data.zones())));
    api.get(
        routes,
        "/athlete/clubs",
        (context, data) -> Payload.of(context, Responses.list(Page.of(context).of(data.clubs()))));
    api.get(
        routes,
        "/athletes/{id}/stats",
        (context, data) -> {
          checkOwnId(context, data);
          return Payload.of(context, Json.bytes(data.stats()));
        });
    api.get(
        routes,
        "/athletes/{id}/routes",
        (context, data) -> {
          checkOwnId(context, data);
          return routes(context, data);
        });
    api.get(routes, "/athlete/routes", AthleteEndpoints::routes);
    api.get(
        routes,
        "/gear/{id}",
        (context, data) -> Payload.of(context, Json.bytes(data.gear(context.pathParam("id")))));
    api.get(
        routes,
        "/segments/starred",
        (context, data) ->
            Payload.of(context, Responses.list(Page.of(context).of(data.starredSegments()))));
  }

  private static Payload routes(Context context, VisibleData data) {
    return Payload.of(context, Responses.list(Page.of(context).of(data.routes())));
  }

  /// A token gives no access to other athletes.
  private static void checkOwnId(Context context, VisibleData data) {
    if (!context.pathParam("id").equals(Long.toString(data.athleteId()))) {
      throw StravaException.forbidden("Athlete");
    }
  }
}
