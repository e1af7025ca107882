package dev.paceline.sandbox.http;

import static dev.paceline.sandbox.http.ControlRequest.athlete;
import static dev.paceline.sandbox.http.ControlRequest.body;
import static dev.paceline.sandbox.http.ControlRequest.checked;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.EditedWorld;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.SandboxState;
import dev.paceline.sandbox.world.Scopes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;

/// The control API for consent: the scopes athletes grant now, and their choices at the next
/// authorization.
final class ConsentControl {
  private final EditedWorld world;
  private final SandboxState state;
  private final AuthorizationEndpoint authorization;

  ConsentControl(EditedWorld world, SandboxState state, AuthorizationEndpoint authorization) {
    this.world = world;
    this.state = state;
    this.authorization = authorization;
  }

  void addTo(RoutesConfig routes) {
    routes.put("/control/athletes/{id}/scopes", checked(this::setScopes));
    routes.post("/control/athletes/{id}/revoke", checked(this::revoke));
    routes.get("/control/consent", checked(this::sendConsent));
    routes.put("/control/consent", checked(this::setConsent));
  }

  private void setScopes(Context context) {
    long athlete = athlete(context, world);
    JsonNode given = body(context).path("scopes");
    if (!given.isArray()) {
      throw new IllegalArgumentException("Give {\"scopes\":[\"read\",\"activity:read\"]}.");
    }
    List<String> names = new ArrayList<>();
    given.forEach(scope -> names.add(scope.asText()));
    Scopes scopes = Scopes.of(names);
    state.setScopes(athlete, scopes);
    ObjectNode response = Json.object();
    scopes.names().forEach(response.putArray("scopes")::add);
    Responses.json(context, 200, response);
  }

  private void revoke(Context context) {
    state.revoke(athlete(context, world));
    context.status(204);
  }

  private void setConsent(Context context) {
    authorization.setConsent(Consent.of(body(context), world.athletes()));
    sendConsent(context);
  }

  private void sendConsent(Context context) {
    Responses.json(context, 200, authorization.consent().json());
  }
}
