package dev.paceline.sandbox.http;

import dev.paceline.sandbox.world.Catalogue;
import dev.paceline.sandbox.world.Desk;
import dev.paceline.sandbox.world.Memory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What every call below `/api/v3` goes through: whose token it is, how many calls are left, what
/// is to go wrong; then its endpoint answers, and it is counted.
final class StravaApi {
  static final String PREFIX = "/api/v3";
  private static final String BEARER = "Bearer ";

  private final Catalogue catalogue;
  private final Memory memory;
  private final Desk desk;
  private final RateLimits rateLimits;
  private final CallCounts calls;
  private final Faults faults;
  private final @Nullable PreparedStreams prepared;

  StravaApi(
      Catalogue catalogue,
      Memory memory,
      Desk desk,
      RateLimits rateLimits,
      CallCounts calls,
      Faults faults,
      @Nullable PreparedStreams prepared) {
    this.catalogue = catalogue;
    this.memory = memory;
    this.desk = desk;
    this.rateLimits = rateLimits;
    this.calls = calls;
    this.faults = faults;
    this.prepared = prepared;
  }

  /// Answers one call on behalf of an athlete.
  @FunctionalInterface
  interface Endpoint {
    Payload answer(Context context, Told told);
  }

  void addTo(RoutesConfig routes) {
    new AthleteEndpoints().addTo(this, routes);
    new ActivityEndpoints(memory.clock()).addTo(this, routes);
  }

  void get(RoutesConfig routes, String path, Endpoint endpoint) {
    routes.get(PREFIX + path, context -> answer(context, path, endpoint));
  }

  /// What the athlete's tokens are told at the moment.
  Told told(long athlete) {
    return new Told(catalogue, prepared, athlete, memory.tokens().scopes(athlete));
  }

  private void answer(Context context, String path, Endpoint endpoint) {
    try {
      long athlete = caller(context);
      if (!rateLimits.count()) {
        throw StravaFault.tooManyRequests();
      }
      Optional<Mishap> mishap = faults.next(path, context.pathParamMap().get("id"));
      if (mishap.isPresent() && mishap.get() instanceof Mishap.ExpireToken) {
        throw StravaFault.unauthorized();
      }
      if (mishap.isPresent()) {
        befall(context, path, mishap.get(), endpoint, athlete);
        return;
      }
      Answers.json(context, 200, endpoint.answer(context, told(athlete)));
    } catch (StravaFault fault) {
      Answers.fault(context, fault);
    }
    rateLimits.putHeaders(context);
    calls.count(path, context.statusCode());
  }

  private void befall(
      Context context, String path, Mishap mishap, Endpoint endpoint, long athlete) {
    rateLimits.putHeaders(context);
    Delivery delivery = new Delivery(context, status -> calls.count(path, status));
    delivery.deliver(mishap, () -> endpoint.answer(context, told(athlete)));
    if (mishap instanceof Mishap.UploadDuringListing(int count)) {
      for (int i = 0; i < count; i++) {
        desk.upload(athlete);
      }
    }
  }

  /// Only a call that Strava can tell whose it is counts.
  private long caller(Context context) {
    String authorization = context.header("Authorization");
    if (authorization == null || !authorization.startsWith(BEARER)) {
      throw StravaFault.unauthorized();
    }
    String token = authorization.substring(BEARER.length()).strip();
    return memory
        .tokens()
        .owner(token, memory.clock().now())
        .orElseThrow(StravaFault::unauthorized);
  }
}
