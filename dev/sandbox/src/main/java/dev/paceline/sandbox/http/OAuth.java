package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.Memory;
import dev.paceline.sandbox.world.Tokens;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Trades refresh tokens. Answers carry no rate-limit headers and count towards nothing, as at
/// Strava.
final class OAuth {
  private static final String ENDPOINT = "/oauth/token";

  private final Application application;
  private final Memory memory;
  private final CallCounts calls;

  OAuth(Application application, Memory memory, CallCounts calls) {
    this.application = application;
    this.memory = memory;
    this.calls = calls;
  }

  void addTo(RoutesConfig routes) {
    routes.post(ENDPOINT, this::answer);
    routes.post(StravaApi.PREFIX + ENDPOINT, this::answer);
  }

  private void answer(Context context) {
    try {
      Answers.json(context, 200, token(parameters(context)));
    } catch (StravaFault fault) {
      Answers.fault(context, fault);
    }
    calls.count(ENDPOINT, context.statusCode());
  }

  private ObjectNode token(Function<String, @Nullable String> parameters) {
    boolean known =
        application.clientId().equals(parameters.apply("client_id"))
            && application.clientSecret().equals(parameters.apply("client_secret"));
    if (!known) {
      throw StravaFault.badRequest("Application", "client_id", "invalid");
    }
    String grantType = parameters.apply("grant_type");
    if ("authorization_code".equals(grantType)) {
      throw StravaFault.badRequest("RequestToken", "code", "invalid");
    }
    if (!"refresh_token".equals(grantType)) {
      throw StravaFault.badRequest("OAuth", "grant_type", "invalid");
    }
    String refreshToken = parameters.apply("refresh_token");
    Tokens.Grant grant =
        memory
            .refresh(refreshToken == null ? "" : refreshToken)
            .orElseThrow(() -> StravaFault.badRequest("RefreshToken", "refresh_token", "invalid"));
    return Json.object()
        .put("token_type", "Bearer")
        .put("access_token", grant.accessToken())
        .put("expires_at", grant.expiresAt())
        .put("expires_in", grant.expiresAt() - memory.clock().now().getEpochSecond())
        .put("refresh_token", grant.refreshToken());
  }

  /// From a JSON body, a form, or the query, whichever has it. A client id may be a number in JSON.
  private static Function<String, @Nullable String> parameters(Context context) {
    String type = context.contentType();
    if (type != null && type.startsWith("application/json")) {
      ObjectNode body = Json.parsed(context.body()).orElseGet(Json::object);
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
