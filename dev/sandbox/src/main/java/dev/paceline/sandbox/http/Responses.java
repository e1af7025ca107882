package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.ListedActivity;
import io.javalin.http.Context;
import java.util.List;

/// Writes JSON responses.
final class Responses {
  static final String JSON = "application/json; charset=utf-8";

  private static final String HANDLED = "sandbox.handled";

  private Responses() {}

  static void json(Context context, int status, Payload body) {
    body.putInto(context.status(status).contentType(JSON));
    markHandled(context);
  }

  /// Marks the response as complete, whatever its status, so that a 404 from an endpoint is not
  /// taken for an unknown path.
  static void markHandled(Context context) {
    context.attribute(HANDLED, true);
  }

  static boolean isHandled(Context context) {
    return context.attribute(HANDLED) != null;
  }

  static void json(Context context, int status, byte[] body) {
    json(context, status, Payload.of(context, body));
  }

  static void json(Context context, int status, JsonNode body) {
    json(context, status, Json.bytes(body));
  }

  static void error(Context context, StravaException error) {
    json(context, error.status(), error.body());
  }

  static byte[] list(List<ObjectNode> records) {
    return Json.bytes(Json.object().putArray("list").addAll(records));
  }

  /// The records as a JSON array, byte for byte.
  static byte[] array(List<ListedActivity> activities) {
    int length = 2 + Math.max(0, activities.size() - 1);
    for (ListedActivity activity : activities) {
      length += activity.json().length;
    }
    byte[] array = new byte[length];
    int position = 0;
    array[position++] = '[';
    for (int i = 0; i < activities.size(); i++) {
      if (i > 0) {
        array[position++] = ',';
      }
      byte[] json = activities.get(i).json();
      System.arraycopy(json, 0, array, position, json.length);
      position += json.length;
    }
    array[position] = ']';
    return array;
  }
}
