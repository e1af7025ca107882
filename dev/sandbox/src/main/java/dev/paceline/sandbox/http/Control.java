package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Catalogue;
import dev.paceline.sandbox.world.Desk;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.ListedActivity;
import dev.paceline.sandbox.world.Memory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// What a test steers the sandbox with: the clock, the limits, the activities, the count of calls.
/// No token is asked for.
final class Control {
  private final Catalogue catalogue;
  private final Memory memory;
  private final Desk desk;
  private final RateLimits rateLimits;
  private final CallCounts calls;

  Control(Catalogue catalogue, Memory memory, RateLimits rateLimits, CallCounts calls) {
    this.catalogue = catalogue;
    this.memory = memory;
    this.desk = new Desk(catalogue, memory);
    this.rateLimits = rateLimits;
    this.calls = calls;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/control/athletes", checked(this::athletes));
    routes.get(
        "/control/athletes/{id}/activities",
        checked(context ->
            Answers.json(context, 200, Answers.array(catalogue.of(athlete(context)).all()))));
    routes.post(
        "/control/athletes/{id}/activities",
        checked(context -> Answers.json(context, 201, desk.add(athlete(context), body(context)))));
    routes.patch("/control/activities/{id}", checked(this::change));
    routes.delete("/control/activities/{id}", checked(this::delete));
    routes.post("/control/activities/{id}/hide", checked(this::hide));
    routes.post("/control/activities/{id}/show", checked(this::show));
    routes.get("/control/clock", checked(context -> answerClock(context, memory.clock().now())));
    routes.put("/control/clock", checked(this::setClock));
    routes.get("/control/limits", checked(this::answerLimits));
    routes.put("/control/limits", checked(this::setLimits));
    routes.get("/control/calls", checked(context -> Answers.json(context, 200, calls.json())));
    routes.delete("/control/calls", checked(this::clearCalls));
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
      athlete.put("activities", catalogue.of(id).all().size());
      athlete.put("refresh_token", memory.tokens().refreshToken(id));
    }
    Answers.json(context, 200, all);
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

  private void setLimits(Context context) {
    rateLimits.set(Limits.parse(body(context).path("limits").asText()));
    answerLimits(context);
  }

  private void answerLimits(Context context) {
    Answers.json(context, 200, Json.object().put("limits", rateLimits.limits().toString()));
  }

  private void clearCalls(Context context) {
    calls.clear();
    context.status(204);
  }

  private long athlete(Context context) {
    long id = id(context);
    if (!catalogue.athletes().contains(id)) {
      throw new Missing("There is no athlete " + id + "; GET /control/athletes lists them.");
    }
    return id;
  }

  private ListedActivity activity(Context context) {
    long id = id(context);
    return catalogue
        .find(id)
        .orElseThrow(() ->
            new Missing("There is no activity " + id + " at this time of the sandbox's clock."));
  }

  private static long id(Context context) {
    String text = context.pathParam("id");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no id: a whole number.", e);
    }
  }

  private static ObjectNode body(Context context) {
    return Json.parsed(context.body())
        .orElseThrow(() -> new IllegalArgumentException("The body must be a JSON object."));
  }

  /// Turns a complaint into its answer: 404 for what is not there, 400 for what cannot be meant.
  private static Handler checked(Handler handler) {
    return context -> {
      try {
        handler.handle(context);
      } catch (Missing missing) {
        Answers.json(context, 404, Json.object().put("error", missing.getMessage()));
      } catch (IllegalArgumentException complaint) {
        Answers.json(context, 400, Json.object().put("error", complaint.getMessage()));
      }
    };
  }

  private static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Missing(String sentence) {
      super(sentence, null, false, false);
    }
  }
}
