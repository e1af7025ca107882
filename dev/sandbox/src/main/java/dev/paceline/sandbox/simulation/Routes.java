package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The routes an athlete has drawn, one of them private. Their ids need a full int64, which is why
/// there is an `id_str`.
final class Routes {
  private static final List<String> NAMES =
      List.of("Sunday loop", "Home from work", "To the lake ½", "Long \"easy\" one");
  private static final int PRIVATE = 1;
  private static final long FIRST_ID = 2_900_000_000_000_000_000L;
  private static final Instant FIRST_DRAWN = Instant.parse("2021-04-01T19:00:00Z");
  private static final int DAYS_BETWEEN = 37;
  private static final int SECONDS_PER_DAY = 24 * 60 * 60;

  private Routes() {}

  static List<ObjectNode> of(Athlete athlete) {
    List<ObjectNode> routes = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      routes.add(route(athlete, i));
    }
    return routes;
  }

  private static ObjectNode route(Athlete athlete, int number) {
    SeededRandom random = SeededRandom.of(athlete.seed(), number, 'R');
    boolean ride = athlete.routine() == WeeklyRoutine.CYCLIST || random.chance(0.4);
    double metres = Math.rint(random.between(5_000.0, ride ? 90_000.0 : 25_000.0));
    long id =
        FIRST_ID
            + Math.floorMod(SeededRandom.mix(athlete.seed(), number, 'R'), 500_000_000_000_000L);
    Instant drawn = FIRST_DRAWN.plusSeconds((long) number * DAYS_BETWEEN * SECONDS_PER_DAY);
    ObjectNode route = Json.object();
    route
        .putObject("athlete")
        .put("id", athlete.id())
        .put("resource_state", 2)
        .put("firstname", athlete.firstname())
        .put("lastname", athlete.lastname());
    route.put("id", id).put("id_str", Long.toString(id)).put("resource_state", 2);
    route.put("name", NAMES.get(number)).put("description", number == 0 ? "Café at the end." : "");
    route.put("distance", metres);
    route.put(
        "elevation_gain", SummaryActivity.rounded(metres / 1000 * random.between(2.0, 14.0), 1));
    route.put("type", ride ? 1 : 2).put("sub_type", random.between(1, 5));
    route.put("private", number == PRIVATE).put("starred", random.chance(0.5));
    route.put("timestamp", drawn.getEpochSecond());
    route.put("created_at", SummaryActivity.utc(drawn));
    route.put("updated_at", SummaryActivity.utc(drawn));
    route.put("estimated_moving_time", (int) (metres / (ride ? 7.0 : 2.9)));
    route
        .putObject("map")
        .put("id", "r" + id)
        .put("summary_polyline", Polyline.encode(Course.through(athlete.city(), metres, random)))
        .put("resource_state", 2);
    return route;
  }
}
