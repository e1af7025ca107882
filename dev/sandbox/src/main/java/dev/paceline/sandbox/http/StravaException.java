package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;

/// An error response in the shape that Strava uses.
final class StravaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient ObjectNode body;

  private StravaException(int status, ObjectNode body) {
    super(body.toString(), null, false, false);
    this.status = status;
    this.body = body;
  }

  static StravaException badRequest(String resource, String field, String code) {
    return of(400, "Bad Request", resource, field, code);
  }

  static StravaException unauthorized() {
    return of(401, "Authorization Error", "Application", "", "invalid");
  }

  /// The token is valid but lacks a scope.
  static StravaException missingScope(String permission) {
    return of(401, "Authorization Error", "AccessToken", permission, "missing");
  }

  static StravaException forbidden(String resource) {
    return of(403, "Forbidden", resource, "id", "invalid");
  }

  static StravaException notFound(String resource, String field) {
    return of(404, "Record Not Found", resource, field, "not found");
  }

  static StravaException noSuchPath() {
    return of(404, "Record Not Found", "resource", "path", "invalid");
  }

  /// The only response whose `errors` is a string.
  static StravaException tooManyRequests() {
    return new StravaException(
        429,
        Json.object().put("message", "Too Many Requests").put("errors", "Rate Limit Exceeded"));
  }

  private static StravaException of(
      int status, String message, String resource, String field, String code) {
    ObjectNode body = Json.object().put("message", message);
    body.putArray("errors")
        .addObject()
        .put("resource", resource)
        .put("field", field)
        .put("code", code);
    return new StravaException(status, body);
  }

  int status() {
    return status;
  }

  ObjectNode body() {
    return body;
  }
}
