package dev.paceline.extract.warmup;

import dev.paceline.lake.warmup.HttpStub;
import dev.paceline.lake.warmup.HttpStub.Request;
import dev.paceline.lake.warmup.HttpStub.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A Strava that has one athlete with one activity, and nothing else. It renews any token.
public final class StravaStub {

  private static final String TOKEN =
      """
      {"token_type": "Bearer", "access_token": "warm-up", "refresh_token": "warm-up",
       "expires_at": 4102444800, "expires_in": 21600,
       "scope": "read,read_all,profile:read_all,activity:read_all"}\
      """;
  private static final String ATHLETE =
      """
      {"id": 1, "username": "warm-up", "bikes": [], "shoes": []}\
      """;
  private static final String ACTIVITY =
      """
      {"id": 1, "name": "Morning Ride", "sport_type": "Ride", "distance": 1000.5, "moving_time": 60,
       "elapsed_time": 61, "start_date": "2026-10-31T04:00:00Z", "athlete": {"id": 1}}\
      """;

  private StravaStub() {}

  public static HttpStub start() throws IOException {
    return HttpStub.start(request -> response(body(request)));
  }

  private static String body(Request request) {
    String query = String.valueOf(request.target().getRawQuery());
    return switch (request.target().getPath()) {
      case "/oauth/token" -> TOKEN;
      case "/athlete" -> ATHLETE;
      case "/athlete/activities" -> query.contains("before=") ? "[]" : "[%s]".formatted(ACTIVITY);
      case "/activities/1" -> ACTIVITY;
      case "/segments/starred", "/athletes/1/routes", "/athlete/clubs" -> "[]";
      default -> "{}";
    };
  }

  private static Response response(String body) {
    Map<String, String> headers =
        Map.of(
            "Content-Type", "application/json; charset=utf-8",
            "X-RateLimit-Limit", "200,2000",
            "X-RateLimit-Usage", "1,1",
            "X-ReadRateLimit-Limit", "100,1000",
            "X-ReadRateLimit-Usage", "1,1");
    return new Response(200, headers, body.getBytes(StandardCharsets.UTF_8));
  }
}
