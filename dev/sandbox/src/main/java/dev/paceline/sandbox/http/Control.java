package dev.paceline.sandbox.http;

import static dev.paceline.sandbox.http.ControlRoute.body;
import static dev.paceline.sandbox.http.ControlRoute.checked;
import static dev.paceline.sandbox.http.ControlRoute.id;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.http.ControlRoute.Missing;
import dev.paceline.sandbox.world.Catalogue;
import dev.paceline.sandbox.world.Desk;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.ListedActivity;
import dev.paceline.sandbox.world.Memory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;

/// What a test orders about the world: the clock, the athletes, their gear, their activities. No
/// token is asked for.
final class Control {
  private final Catalogue catalogue;
  private final Memory memory;
  private final StravaApi api;
  private final Desk desk;

  Control(Catalogue catalogue, Memory memory, Desk desk, StravaApi api) {
    this.catalogue = catalogue;
    this.memory = memory;
    this.api = api;
    this.desk = desk;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/control/athletes", checked(this::athletes));
    routes.patch("/control/athletes/{id}", checked(this::changeAthlete));
    routes.get("/control/athletes/{id}/activities", checked(this::activities));
    routes.post(
        "/control/athletes/{id}/activities",
        checked(context -> Answers.json(context, 201, desk.add(athlete(context), body(context)))));
    routes.get("/control/athletes/{id}/truth", checked(this::truth));
    routes.patch("/control/gear/{id}", checked(this::changeGear));
    routes.patch("/control/activities/{id}", checked(this::change));
    routes.delete("/control/activities/{id}", checked(this::delete));
    routes.post("/control/activities/{id}/hide", checked(this::hide));
    routes.post("/control/activities/{id}/show", checked(this::show));
    routes.get("/control/clock", checked(context -> answerClock(context, memory.clock().now())));
    routes.put("/control/clock", checked(this::setClock));
  }

  private void athletes(Context context) {
    ArrayNode all = Json.object().putArray("athletes");
    for (long id : catalogue.athletes()) {
      ObjectNode known = catalogue.athlete(id);
      ObjectNode athlete = all.addObject();
      athlete.put("id", id);
      athlete.set("firstname", known.path("firstname"));
      athlete.set("lastname", known.path("lastname"));
      athlete.set("city", known.path("city"));
      athlete.set("country", known.path("country"));
      boolean onlyMe = memory.tokens().scopes(id).readOnlyMe();
      athlete.put("activities", catalogue.of(id, onlyMe).all().size());
      memory.tokens().scopes(id).names().forEach(athlete.putArray("scopes")::add);
      athlete.put("refresh_token", memory.tokens().livingRefreshToken(id));
    }
    Answers.json(context, 200, all);
  }

  /// What a full listing would give with the scopes of now.
  private void activities(Context context) {
    long athlete = athlete(context);
    boolean onlyMe = memory.tokens().scopes(athlete).readOnlyMe();
    Answers.json(context, 200, Answers.array(catalogue.of(athlete, onlyMe).all()));
  }

  private void truth(Context context) throws IOException {
    long athlete = athlete(context);
    Set<String> wanted = Truth.wanted(Parameters.list(context, "streams"));
    context.contentType("application/x-ndjson");
    Truth.write(api.told(athlete), wanted, context.outputStream());
  }

  private void changeAthlete(Context context) {
    long athlete = athlete(context);
    desk.changeAthlete(athlete, body(context));
    Answers.json(context, 200, catalogue.athlete(athlete));
  }

  private void changeGear(Context context) {
    String id = context.pathParam("id");
    for (long athlete : catalogue.athletes()) {
      if (catalogue.gear(athlete, id).isPresent()) {
        desk.changeGear(id, body(context));
        Answers.json(context, 200, catalogue.gear(athlete, id).orElseThrow());
        return;
      }
    }
    throw new Missing("There is no gear " + id + "; GET /api/v3/athlete has what there is.");
  }

  private void change(Context context) {
    ListedActivity activity = activity(context);
    desk.change(activity, body(context));
    ListedActivity changed = catalogue.find(activity.id()).orElseThrow();
    Answers.json(context, 200, changed.json());
  }

  private void delete(Context context) {
    memory.delete(activity(context).id());
    context.status(204);
  }

  private void hide(Context context) {
    memory.hide(activity(context).id());
    context.status(204);
  }

  private void show(Context context) {
    memory.show(activity(context).id());
    context.status(204);
  }

  private void setClock(Context context) {
    ObjectNode body = body(context);
    boolean both = body.has("now") == body.has("advance");
    if (both) {
      throw new IllegalArgumentException(
          "Give either {\"now\":\"2026-10-31T05:00:00Z\"} or {\"advance\":\"P1D\"}.");
    }
    String text = body.path(body.has("now") ? "now" : "advance").asText();
    try {
      Instant now =
          body.has("now") ? memory.hold(Instant.parse(text)) : memory.advance(Duration.parse(text));
      answerClock(context, now);
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no %s."
              .formatted(
                  text,
                  body.has("now")
                      ? "instant such as 2026-10-31T05:00:00Z"
                      : "duration such as P1D or PT15M"),
          e);
    }
  }

  private static void answerClock(Context context, Instant now) {
    Answers.json(context, 200, Json.object().put("now", now.toString()));
  }

  private long athlete(Context context) {
    return ControlRoute.athlete(context, catalogue);
  }

  private ListedActivity activity(Context context) {
    long id = id(context);
    return catalogue
        .find(id)
        .orElseThrow(() ->
            new Missing("There is no activity " + id + " at this time of the sandbox's clock."));
  }
}
