package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/// What can go wrong with a call.
sealed interface Fault {
  /// Another response instead of the normal one.
  record Status(int status, String body, String contentType, Map<String, String> headers)
      implements Fault {}

  /// A redirect to another address.
  record Redirect(String location) implements Fault {}

  /// The normal response at a limited number of bytes a second.
  record SlowDrip(int bytesPerSecond) implements Fault {}

  /// The connection ends in the middle of the body.
  record CutBody() implements Fault {}

  /// `Content-Length` announces more bytes than are sent.
  record ShortBody() implements Fault {}

  /// More bytes are sent than `Content-Length` announces.
  record LongBody() implements Fault {}

  /// A body whose JSON ends too early, in an otherwise normal response.
  record MalformedJson() implements Fault {}

  /// No response until the client gives up.
  record Hang() implements Fault {}

  /// The normal response, but not before the faults are cleared.
  record Hold(CountDownLatch cleared) implements Fault {}

  /// The connection is closed without a response.
  record Drop() implements Fault {}

  /// The call's token is rejected as if it had expired.
  record ExpireToken() implements Fault {}

  /// The refresh token is rotated and saved, but the client never gets the new one.
  record RotatedUnanswered() implements Fault {}

  /// After each normal response `count` new activities appear.
  record UploadDuringListing(int count) implements Fault {}

  /// Parses the fault in a request body. Throws [IllegalArgumentException] with a sentence if it is
  /// invalid.
  static Fault of(ObjectNode fault) {
    String kind = fault.path("kind").asText();
    return switch (kind) {
      case "status" -> status(fault);
      case "redirect" -> new Redirect(location(fault));
      case "slow_drip" -> new SlowDrip(wholeNumber(fault, "bytes_per_second", 1, 1_000_000));
      case "cut_body" -> new CutBody();
      case "short_body" -> new ShortBody();
      case "long_body" -> new LongBody();
      case "malformed_json" -> new MalformedJson();
      case "hang" -> new Hang();
      case "hold" -> new Hold(new CountDownLatch(1));
      case "drop" -> new Drop();
      case "expire_token" -> new ExpireToken();
      case "token_rotated_but_unanswered" -> new RotatedUnanswered();
      case "upload_during_listing" ->
          new UploadDuringListing(wholeNumber(fault, "count", 1, 1_000));
      default ->
          throw new IllegalArgumentException(
              "\"%s\" is not a kind of fault; dev/sandbox/README.md lists them.".formatted(kind));
    };
  }

  /// The fields that this kind has in addition to those common to all faults.
  default List<String> fields() {
    return switch (this) {
      case Status _ -> List.of("status", "body", "contentType", "headers");
      case Redirect _ -> List.of("location");
      case SlowDrip _ -> List.of("bytes_per_second");
      case UploadDuringListing _ -> List.of("count");
      case CutBody _,
          ShortBody _,
          LongBody _,
          MalformedJson _,
          Hang _,
          Hold _,
          Drop _,
          ExpireToken _,
          RotatedUnanswered _ ->
          List.of();
    };
  }

  private static Status status(ObjectNode fault) {
    int status = wholeNumber(fault, "status", 200, 599);
    JsonNode body = fault.path("body");
    JsonNode type = fault.path("contentType");
    Map<String, String> headers = new TreeMap<>();
    for (Map.Entry<String, JsonNode> header : fault.path("headers").properties()) {
      headers.put(header.getKey(), header.getValue().asText());
    }
    return new Status(
        status,
        body.isTextual()
            ? body.textValue()
            : body.isContainerNode() ? body.toString() : defaultBody(status),
        type.isTextual() ? type.textValue() : Responses.JSON,
        headers);
  }

  /// Strava's body for this status.
  private static String defaultBody(int status) {
    return switch (status) {
      case 401 -> StravaException.unauthorized().body().toString();
      case 404 -> StravaException.notFound("Activity", "id").body().toString();
      case 429 -> StravaException.tooManyRequests().body().toString();
      default -> Json.object().put("message", "error").toString();
    };
  }

  private static String location(ObjectNode fault) {
    String location = fault.path("location").asText();
    if (location.isEmpty()) {
      throw new IllegalArgumentException(
          "Give a location, such as {\"location\":\"http://127.0.0.1:1/elsewhere\"}.");
    }
    return location;
  }

  private static int wholeNumber(ObjectNode fault, String field, int min, int max) {
    JsonNode value = fault.path(field);
    if (!value.isInt() || value.intValue() < min || value.intValue() > max) {
      throw new IllegalArgumentException(
          "%s must be a whole number from %d to %d, not %s."
              .formatted(field, min, max, value.isMissingNode() ? "left out" : value));
    }
    return value.intValue();
  }
}
