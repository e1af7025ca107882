package dev.paceline.sandbox.http;

import static dev.paceline.sandbox.http.ControlRoute.athlete;
import static dev.paceline.sandbox.http.ControlRoute.body;
import static dev.paceline.sandbox.http.ControlRoute.checked;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Catalogue;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.Memory;
import dev.paceline.sandbox.world.Scopes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;

/// What a test orders about what athletes allow: now, and when they are next asked.
final class ControlOfConsent {
  private final Catalogue catalogue;
  private final Memory memory;
  private final Authorize authorize;

  ControlOfConsent(Catalogue catalogue, Memory memory, Authorize authorize) {
    this.catalogue = catalogue;
    this.memory = memory;
    this.authorize = authorize;
  }

  void addTo(RoutesConfig routes) {
    routes.put("/control/athletes/{id}/scopes", checked(this::setScopes));
    routes.post("/control/athletes/{id}/revoke", checked(this::revoke));
    routes.get("/control/consent", checked(this::answerConsent));
    routes.put("/control/consent", checked(this::setConsent));
  }

  private void setScopes(Context context) {
    long athlete = athlete(context, catalogue);
    JsonNode given = body(context).path("scopes");
    if (!given.isArray()) {
      throw new IllegalArgumentException("Give {\"scopes\":[\"read\",\"activity:read\"]}.");
    }
    List<String> names = new ArrayList<>();
    given.forEach(scope -> names.add(scope.asText()));
    Scopes scopes = Scopes.of(names);
    memory.setScopes(athlete, scopes);
    ObjectNode answer = Json.object();
    scopes.names().forEach(answer.putArray("scopes")::add);
    Answers.json(context, 200, answer);
  }

  private void revoke(Context context) {
    memory.revoke(athlete(context, catalogue));
    context.status(204);
  }

  private void setConsent(Context context) {
    authorize.setConsent(Consent.of(body(context), catalogue.athletes()));
    answerConsent(context);
  }

  private void answerConsent(Context context) {
    Answers.json(context, 200, authorize.consent().json());
  }
}
