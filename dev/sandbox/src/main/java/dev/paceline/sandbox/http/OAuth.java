package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.EditedWorld;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.SandboxState;
import dev.paceline.sandbox.world.Tokens;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Exchanges codes and refresh tokens, and revokes tokens, also by the older call that client
/// libraries still make (`deauthorize`). As with Strava, responses carry no rate-limit headers and
/// calls do not count towards the limits.
final class OAuth {
  static final String PREFIX = "/oauth/";
  static final String TOKEN = "/oauth/token";
  private static final String REVOKE = "/oauth/revoke";
  private static final String DEAUTHORIZE = "/oauth/deauthorize";
  private static final String ACCESS_TOKEN = "access_token";
  private static final String BASIC = "Basic ";

  private final Application application;
  private final EditedWorld world;
  private final SandboxState state;
  private final CallCounts calls;
  private final FaultRules faults;

  OAuth(
      Application application,
      EditedWorld world,
      SandboxState state,
      CallCounts calls,
      FaultRules faults) {
    this.application = application;
    this.world = world;
    this.state = state;
    this.calls = calls;
    this.faults = faults;
  }

  void addTo(RoutesConfig routes) {
    routes.post(TOKEN, context -> handle(context, TOKEN, this::token));
    routes.post(StravaApi.PREFIX + TOKEN, context -> handle(context, TOKEN, this::token));
    routes.post(REVOKE, context -> handle(context, REVOKE, this::revoke));
    for (String prefix : List.of("", StravaApi.PREFIX)) {
      routes.post(prefix + DEAUTHORIZE, context -> handle(context, DEAUTHORIZE, this::deauthorize));
    }
  }

  private void handle(Context context, String endpoint, Function<Context, ObjectNode> respond) {
    try {
      Optional<Fault> fault = faults.next(endpoint, null);
      if (fault.isPresent()) {
        injectFault(context, endpoint, fault.get(), respond);
        return;
      }
      Responses.json(context, 200, respond.apply(context));
    } catch (StravaException e) {
      Responses.error(context, e);
    }
    calls.count(endpoint, context.statusCode());
  }

  private void injectFault(
      Context context, String endpoint, Fault fault, Function<Context, ObjectNode> respond) {
    FaultResponder responder = new FaultResponder(context, status -> calls.count(endpoint, status));
    if (fault instanceof Fault.ExpireToken) {
      throw StravaException.unauthorized();
    }
    responder.respond(fault, () -> Payload.of(context, Json.bytes(respond.apply(context))));
  }

  private ObjectNode token(Context context) {
    Function<String, @Nullable String> parameters = parameters(context);
    checkApplication(parameters.apply("client_id"), parameters.apply("client_secret"));
    String grantType = parameters.apply("grant_type");
    return switch (grantType == null ? "" : grantType) {
      case "authorization_code" -> {
        Tokens.Grant grant =
            state
                .exchange(text(parameters.apply("code")))
                .orElseThrow(() -> StravaException.badRequest("RequestToken", "code", "invalid"));
        ObjectNode athlete = VisibleData.summary(world.athlete(grant.athlete()));
        yield tokens(grant).set("athlete", athlete);
      }
      case "refresh_token" ->
          tokens(
              state
                  .refresh(text(parameters.apply("refresh_token")))
                  .orElseThrow(() ->
                      StravaException.badRequest("RefreshToken", "refresh_token", "invalid")));
      default -> throw StravaException.badRequest("OAuth", "grant_type", "invalid");
    };
  }

  /// Revoking an unknown token succeeds as well.
  private ObjectNode revoke(Context context) {
    String[] credentials = basic(context).split(":", 2);
    if (credentials.length != 2) {
      throw StravaException.unauthorized();
    }
    checkApplication(credentials[0], credentials[1]);
    String token = text(parameters(context).apply("token"));
    state.tokens().tokenOwner(token, state.clock().now()).ifPresent(state::revoke);
    return Json.object();
  }

  /// The access token is all the proof that this needs. It is in the header, as stravalib and
  /// node's strava-v3 send it, or a parameter.
  private ObjectNode deauthorize(Context context) {
    String given = parameters(context).apply(ACCESS_TOKEN);
    String token = given == null ? Parameters.credentials(context, StravaApi.BEARER) : given;
    long athlete =
        state
            .tokens()
            .accessTokenOwner(token, state.clock().now())
            .orElseThrow(StravaException::unauthorized);
    state.revoke(athlete);
    return Json.object().put(ACCESS_TOKEN, token);
  }

  private ObjectNode tokens(Tokens.Grant grant) {
    Instant now = state.clock().now();
    long left = grant.expiresAt() - now.getEpochSecond();
    InstantSource clock = application.clock();
    Instant callersNow = clock == null ? now : clock.instant();
    return Json.object()
        .put("token_type", "Bearer")
        .put(ACCESS_TOKEN, grant.accessToken())
        .put("expires_at", callersNow.getEpochSecond() + left)
        .put("expires_in", left)
        .put("refresh_token", grant.refreshToken());
  }

  private void checkApplication(@Nullable String clientId, @Nullable String clientSecret) {
    boolean known =
        application.clientId().equals(clientId) && application.clientSecret().equals(clientSecret);
    if (!known) {
      throw StravaException.badRequest("Application", "client_id", "invalid");
    }
  }

  private static String basic(Context context) {
    String encoded = Parameters.credentials(context, BASIC);
    try {
      return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw StravaException.unauthorized();
    }
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given;
  }

  /// Reads parameters from a JSON body, a form, or the query, whichever is there. A client id may
  /// be a number in JSON.
  private static Function<String, @Nullable String> parameters(Context context) {
    String type = context.contentType();
    if (type != null && type.startsWith("application/json")) {
      ObjectNode body = Json.parse(context.body()).orElseGet(Json::object);
      return name -> {
        JsonNode value = body.path(name);
        return value.isValueNode() && !value.isNull() ? value.asText() : context.queryParam(name);
      };
    }
    return name -> {
      String inForm = context.formParam(name);
      return inForm == null ? context.queryParam(name) : inForm;
    };
  }
}
