package dev.paceline.sandbox.http;

import static dev.paceline.sandbox.http.ControlRequest.body;
import static dev.paceline.sandbox.http.ControlRequest.checked;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.sandbox.world.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/// The control API for calls: rate limits, call counts, faults, and the skew of the `Date` header.
final class CallControl {
  private final RateLimits rateLimits;
  private final CallCounts calls;
  private final FaultRules faults;
  private final DateHeader date;

  CallControl(RateLimits rateLimits, CallCounts calls, FaultRules faults, DateHeader date) {
    this.rateLimits = rateLimits;
    this.calls = calls;
    this.faults = faults;
    this.date = date;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/control/limits", checked(this::sendLimits));
    routes.put("/control/limits", checked(this::setLimits));
    routes.get("/control/calls", checked(context -> Responses.json(context, 200, calls.json())));
    routes.delete("/control/calls", checked(this::clearCalls));
    routes.get("/control/faults", checked(context -> Responses.json(context, 200, faults.json())));
    routes.post(
        "/control/faults",
        checked(context -> Responses.json(context, 201, faults.add(body(context)))));
    routes.delete("/control/faults", checked(this::clearFaults));
    routes.get("/control/clock-skew", checked(this::sendSkew));
    routes.put("/control/clock-skew", checked(this::setSkew));
  }

  private void setLimits(Context context) {
    rateLimits.set(Limits.parse(body(context).path("limits").asText()));
    sendLimits(context);
  }

  private void sendLimits(Context context) {
    Responses.json(context, 200, Json.object().put("limits", rateLimits.limits().toString()));
  }

  private void clearCalls(Context context) {
    calls.clear();
    context.status(204);
  }

  private void clearFaults(Context context) {
    faults.clear();
    context.status(204);
  }

  private void setSkew(Context context) {
    JsonNode seconds = body(context).path("seconds");
    if (!seconds.isInt()) {
      throw new IllegalArgumentException(
          "Give whole seconds, such as {\"seconds\":300}; 0 ends the skew.");
    }
    date.setSkew(seconds.intValue());
    sendSkew(context);
  }

  private void sendSkew(Context context) {
    Responses.json(context, 200, Json.object().put("seconds", date.skew()));
  }
}
