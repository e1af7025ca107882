package dev.paceline.sandbox.http;

import static dev.paceline.sandbox.http.ControlRequest.body;
import static dev.paceline.sandbox.http.ControlRequest.checked;
import static dev.paceline.sandbox.http.ControlRequest.id;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.http.ControlRequest.NotFound;
import dev.paceline.sandbox.world.EditService;
import dev.paceline.sandbox.world.EditedWorld;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.ListedActivity;
import dev.paceline.sandbox.world.SandboxState;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;

/// The control API for the clock, the athletes, their gear and their activities. Needs no token.
final class WorldControl {
  private final EditedWorld world;
  private final SandboxState state;
  private final StravaApi api;
  private final EditService editService;

  WorldControl(EditedWorld world, SandboxState state, EditService editService, StravaApi api) {
    this.world = world;
    this.state = state;
    this.api = api;
    this.editService = editService;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/control/athletes", checked(this::athletes));
    routes.patch("/control/athletes/{id}", checked(this::changeAthlete));
    routes.get("/control/athletes/{id}/activities", checked(this::activities));
    routes.post(
        "/control/athletes/{id}/activities",
        checked(context ->
            Responses.json(context, 201, editService.add(athlete(context), body(context)))));
    routes.get("/control/athletes/{id}/snapshot", checked(this::expectedSnapshot));
    routes.patch("/control/gear/{id}", checked(this::changeGear));
    routes.patch("/control/activities/{id}", checked(this::change));
    routes.delete("/control/activities/{id}", checked(this::delete));
    routes.post("/control/activities/{id}/hide", checked(this::hide));
    routes.post("/control/activities/{id}/show", checked(this::show));
    routes.get("/control/clock", checked(context -> sendClock(context, state.clock().now())));
    routes.put("/control/clock", checked(this::setClock));
  }

  private void athletes(Context context) {
    ArrayNode all = Json.object().putArray("athletes");
    for (long id : world.athletes()) {
      ObjectNode details = world.athlete(id);
      ObjectNode athlete = all.addObject();
      athlete.put("id", id);
      athlete.set("firstname", details.path("firstname"));
      athlete.set("lastname", details.path("lastname"));
      athlete.set("city", details.path("city"));
      athlete.set("country", details.path("country"));
      boolean onlyMe = state.tokens().scopes(id).canReadOnlyMe();
      athlete.put("activities", world.view(id, onlyMe).all().size());
      state.tokens().scopes(id).names().forEach(athlete.putArray("scopes")::add);
      athlete.put("refresh_token", state.tokens().currentRefreshToken(id));
    }
    Responses.json(context, 200, all);
  }

  /// What a full listing would return with the athlete's current scopes.
  private void activities(Context context) {
    long athlete = athlete(context);
    boolean onlyMe = state.tokens().scopes(athlete).canReadOnlyMe();
    Responses.json(context, 200, Responses.array(world.view(athlete, onlyMe).all()));
  }

  private void expectedSnapshot(Context context) throws IOException {
    long athlete = athlete(context);
    Set<String> streams = ExpectedSnapshot.streams(Parameters.list(context, "streams"));
    context.contentType("application/x-ndjson");
    ExpectedSnapshot.write(api.visibleData(athlete), streams, context.outputStream());
  }

  private void changeAthlete(Context context) {
    long athlete = athlete(context);
    editService.changeAthlete(athlete, body(context));
    Responses.json(context, 200, world.athlete(athlete));
  }

  private void changeGear(Context context) {
    String id = context.pathParam("id");
    for (long athlete : world.athletes()) {
      if (world.gear(athlete, id).isPresent()) {
        editService.changeGear(id, body(context));
        Responses.json(context, 200, world.gear(athlete, id).orElseThrow());
        return;
      }
    }
    throw new NotFound("There is no gear " + id + "; GET /api/v3/athlete lists it.");
  }

  private void change(Context context) {
    ListedActivity activity = activity(context);
    editService.change(activity, body(context));
    ListedActivity changed = world.find(activity.id()).orElseThrow();
    Responses.json(context, 200, changed.json());
  }

  private void delete(Context context) {
    state.delete(activity(context).id());
    context.status(204);
  }

  private void hide(Context context) {
    state.hide(activity(context).id());
    context.status(204);
  }

  private void show(Context context) {
    state.show(activity(context).id());
    context.status(204);
  }

  private void setClock(Context context) {
    ObjectNode body = body(context);
    boolean bothOrNeither = body.has("now") == body.has("advance");
    if (bothOrNeither) {
      throw new IllegalArgumentException(
          "Give either {\"now\":\"2026-10-31T05:00:00Z\"} or {\"advance\":\"P1D\"}.");
    }
    String text = body.path(body.has("now") ? "now" : "advance").asText();
    try {
      Instant now =
          body.has("now") ? state.hold(Instant.parse(text)) : state.advance(Duration.parse(text));
      sendClock(context, now);
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "\"%s\" is not %s."
              .formatted(
                  text,
                  body.has("now")
                      ? "an instant such as 2026-10-31T05:00:00Z"
                      : "a duration such as P1D or PT15M"),
          e);
    }
  }

  private static void sendClock(Context context, Instant now) {
    Responses.json(context, 200, Json.object().put("now", now.toString()));
  }

  private long athlete(Context context) {
    return ControlRequest.athlete(context, world);
  }

  private ListedActivity activity(Context context) {
    long id = id(context);
    return world
        .find(id)
        .orElseThrow(() ->
            new NotFound("There is no activity " + id + " at this time of the sandbox's clock."));
  }
}
