package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.EditedWorld;
import dev.paceline.sandbox.world.Json;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/// What all requests of the control API share: JSON objects in, and a sentence for each error.
final class ControlRequest {
  private ControlRequest() {}

  /// Turns an exception into its response: 404 for something that does not exist, 400 for an
  /// invalid request.
  static Handler checked(Handler handler) {
    return context -> {
      try {
        handler.handle(context);
      } catch (NotFound e) {
        Responses.json(context, 404, Json.object().put("error", e.getMessage()));
      } catch (IllegalArgumentException e) {
        Responses.json(context, 400, Json.object().put("error", e.getMessage()));
      }
    };
  }

  static ObjectNode body(Context context) {
    return Json.parse(context.body())
        .orElseThrow(() -> new IllegalArgumentException("The body must be a JSON object."));
  }

  /// The id in the path.
  static long id(Context context) {
    String text = context.pathParam("id");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is not an id: give a whole number.", e);
    }
  }

  /// The athlete in the path.
  static long athlete(Context context, EditedWorld world) {
    long id = id(context);
    if (!world.athletes().contains(id)) {
      throw new NotFound("There is no athlete " + id + "; GET /control/athletes lists them.");
    }
    return id;
  }

  static final class NotFound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotFound(String sentence) {
      super(sentence, null, false, false);
    }
  }
}
