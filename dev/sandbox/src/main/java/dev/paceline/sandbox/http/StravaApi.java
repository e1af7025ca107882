package dev.paceline.sandbox.http;

import dev.paceline.sandbox.world.EditService;
import dev.paceline.sandbox.world.EditedWorld;
import dev.paceline.sandbox.world.SandboxState;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What every call below `/api/v3` goes through: its token, the rate limits and any fault that is
/// due. Then its endpoint responds, and the call is counted.
final class StravaApi {
  static final String PREFIX = "/api/v3";
  static final String BEARER = "Bearer ";

  private final EditedWorld world;
  private final SandboxState state;
  private final EditService editService;
  private final RateLimits rateLimits;
  private final CallCounts calls;
  private final FaultRules faults;
  private final @Nullable PreparedStreams prepared;

  StravaApi(
      EditedWorld world,
      SandboxState state,
      EditService editService,
      RateLimits rateLimits,
      CallCounts calls,
      FaultRules faults,
      @Nullable PreparedStreams prepared) {
    this.world = world;
    this.state = state;
    this.editService = editService;
    this.rateLimits = rateLimits;
    this.calls = calls;
    this.faults = faults;
    this.prepared = prepared;
  }

  /// Handles one call on behalf of an athlete.
  @FunctionalInterface
  interface Endpoint {
    Payload handle(Context context, VisibleData visibleData);
  }

  void addTo(RoutesConfig routes) {
    new AthleteEndpoints().addTo(this, routes);
    new ActivityEndpoints(state.clock()).addTo(this, routes);
  }

  void get(RoutesConfig routes, String path, Endpoint endpoint) {
    routes.get(PREFIX + path, context -> handle(context, path, endpoint));
  }

  /// What the athlete's tokens can read at the moment.
  VisibleData visibleData(long athlete) {
    return new VisibleData(world, prepared, athlete, state.tokens().scopes(athlete));
  }

  private void handle(Context context, String path, Endpoint endpoint) {
    try {
      long athlete = caller(context);
      if (!rateLimits.count()) {
        throw StravaException.tooManyRequests();
      }
      Optional<Fault> fault = faults.next(path, context.pathParamMap().get("id"));
      if (fault.isPresent() && fault.get() instanceof Fault.ExpireToken) {
        throw StravaException.unauthorized();
      }
      if (fault.isPresent()) {
        injectFault(context, path, fault.get(), endpoint, athlete);
        return;
      }
      Responses.json(context, 200, endpoint.handle(context, visibleData(athlete)));
    } catch (StravaException e) {
      Responses.error(context, e);
    }
    rateLimits.putHeaders(context);
    calls.count(path, context.statusCode());
  }

  private void injectFault(
      Context context, String path, Fault fault, Endpoint endpoint, long athlete) {
    rateLimits.putHeaders(context);
    FaultResponder responder = new FaultResponder(context, status -> calls.count(path, status));
    responder.respond(fault, () -> endpoint.handle(context, visibleData(athlete)));
    if (fault instanceof Fault.UploadDuringListing(int count)) {
      for (int i = 0; i < count; i++) {
        editService.upload(athlete);
      }
    }
  }

  /// The athlete of the call's token. A call without a valid token does not count towards the
  /// limits.
  private long caller(Context context) {
    String token = Parameters.credentials(context, BEARER);
    return state
        .tokens()
        .accessTokenOwner(token, state.clock().now())
        .orElseThrow(StravaException::unauthorized);
  }
}
