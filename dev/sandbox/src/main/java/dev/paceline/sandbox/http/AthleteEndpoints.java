package dev.paceline.sandbox.http;

import dev.paceline.sandbox.world.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/// The athlete, and what belongs to the athlete and to no activity.
final class AthleteEndpoints {
  void addTo(StravaApi api, RoutesConfig routes) {
    api.get(routes, "/athlete", (context, told) -> Payload.of(context, Json.bytes(told.athlete())));
    api.get(
        routes, "/athlete/zones", (context, told) -> Payload.of(context, Json.bytes(told.zones())));
    api.get(
        routes,
        "/athlete/clubs",
        (context, told) -> Payload.of(context, Answers.list(Page.of(context).of(told.clubs()))));
    api.get(
        routes,
        "/athletes/{id}/stats",
        (context, told) -> {
          checkItself(context, told);
          return Payload.of(context, Json.bytes(told.stats()));
        });
    api.get(
        routes,
        "/athletes/{id}/routes",
        (context, told) -> {
          checkItself(context, told);
          return Payload.of(context, Answers.list(Page.of(context).of(told.routes())));
        });
    api.get(
        routes,
        "/gear/{id}",
        (context, told) -> Payload.of(context, Json.bytes(told.gear(context.pathParam("id")))));
    api.get(
        routes,
        "/segments/starred",
        (context, told) ->
            Payload.of(context, Answers.list(Page.of(context).of(told.starredSegments()))));
  }

  /// Nobody is told about others.
  private static void checkItself(Context context, Told told) {
    if (!context.pathParam("id").equals(Long.toString(told.id()))) {
      throw StravaFault.forbidden("Athlete");
    }
  }
}
