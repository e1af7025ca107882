package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.EditedWorld;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.SandboxState;
import dev.paceline.sandbox.world.Scopes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// OAuth's authorization endpoint without the consent page: it redirects immediately, with the
/// consent that the control API or the query sets.
final class AuthorizationEndpoint {
  private final Application application;
  private final EditedWorld world;
  private final SandboxState state;
  private volatile Consent consent = Consent.toEverything();

  AuthorizationEndpoint(Application application, EditedWorld world, SandboxState state) {
    this.application = application;
    this.world = world;
    this.state = state;
  }

  void addTo(RoutesConfig routes) {
    routes.get(
        "/oauth/authorize",
        context -> {
          try {
            context.status(302).header("Location", location(context));
          } catch (StravaException e) {
            Responses.error(context, e);
          }
        });
  }

  Consent consent() {
    return consent;
  }

  void setConsent(Consent choice) {
    consent = choice;
  }

  private String location(Context context) {
    if (!application.clientId().equals(context.queryParam("client_id"))) {
      throw StravaException.badRequest("Application", "client_id", "invalid");
    }
    String redirect = redirect(context.queryParam("redirect_uri"));
    if (!"code".equals(context.queryParam("response_type"))) {
      throw StravaException.badRequest("Application", "response_type", "invalid");
    }
    Scopes requested = scopes(context);
    Consent choice = choice(context);
    StringBuilder location = new StringBuilder(redirect);
    location.append(redirect.contains("?") ? '&' : '?').append("state=");
    location.append(escaped(context.queryParam("state")));
    if (choice.refuse()) {
      return location.append("&error=access_denied").toString();
    }
    Long chosen = choice.athlete();
    long athlete = chosen == null ? world.athletes().getFirst() : chosen;
    Scopes granted = requested.without(choice.unticked());
    location.append("&code=").append(state.tokens().issueCode(athlete, granted));
    return location.append("&scope=").append(escaped(granted.toString())).toString();
  }

  private static String redirect(@Nullable String given) {
    try {
      URI uri = new URI(given == null ? "" : given);
      boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (isWeb && uri.getHost() != null) {
        return uri.toString();
      }
    } catch (URISyntaxException e) {
      throw StravaException.badRequest("Application", "redirect_uri", "invalid");
    }
    throw StravaException.badRequest("Application", "redirect_uri", "invalid");
  }

  private static Scopes scopes(Context context) {
    List<String> requested = Parameters.list(context, "scope");
    try {
      if (!requested.isEmpty()) {
        return Scopes.of(requested);
      }
    } catch (IllegalArgumentException e) {
      throw StravaException.badRequest("Authorize", "scope", "invalid");
    }
    throw StravaException.badRequest("Authorize", "scope", "invalid");
  }

  /// The query takes precedence over the control API: `athlete`, `untick=a,b`, `refuse=true`.
  private Consent choice(Context context) {
    ObjectNode given = consent.json();
    if (context.queryParam("athlete") != null) {
      given.put("athlete", Parameters.number(context, "athlete", 0));
    }
    if (context.queryParam("untick") != null) {
      given.set("untick", Json.object().arrayNode());
      Parameters.list(context, "untick").forEach(given.withArray("/untick")::add);
    }
    given.put("refuse", Parameters.flag(context, "refuse", consent.refuse()));
    try {
      return Consent.of(given, world.athletes());
    } catch (IllegalArgumentException e) {
      throw StravaException.badRequest("Authorize", "consent", "invalid");
    }
  }

  private static String escaped(@Nullable String text) {
    return URLEncoder.encode(text == null ? "" : text, StandardCharsets.UTF_8);
  }
}
