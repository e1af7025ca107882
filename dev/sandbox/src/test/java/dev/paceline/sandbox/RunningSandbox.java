package dev.paceline.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.paceline.sandbox.http.SandboxServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;

/// A sandbox on a free port, started with command-line options, and the calls that a client makes.
final class RunningSandbox implements AutoCloseable {
  static final String NOON = "2026-07-15T12:00:00Z";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final SandboxServer server;

  private RunningSandbox(SandboxServer server) {
    this.server = server;
  }

  static RunningSandbox with(String... options) {
    ServeCommand command = new ServeCommand();
    new CommandLine(command).parseArgs(options);
    return new RunningSandbox(command.start());
  }

  /// One athlete with a year of history, at noon on a summer day, without limits.
  static RunningSandbox atNoon(String... more) {
    List<String> options =
        new ArrayList<>(List.of("--years", "1", "--clock", NOON, "--limits", "off"));
    options.addAll(List.of(more));
    return with(options.toArray(String[]::new));
  }

  @Override
  public void close() {
    server.close();
  }

  String url() {
    return server.url();
  }

  SandboxServer server() {
    return server;
  }

  String controlKey() {
    return server.controlKey();
  }

  /// A complete response.
  record Response(int status, HttpResponse<String> http) {
    String body() {
      return http.body();
    }

    JsonNode json() {
      return parse(body());
    }

    String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }
  }

  Response get(String path, String token) {
    return send(request(path).header("Authorization", "Bearer " + token).GET());
  }

  Response get(String path) {
    return get(path, token());
  }

  Response control(String method, String path, String body) {
    return control(method, path, body, server.controlKey());
  }

  /// A call of the control API with a key that may be wrong.
  Response control(String method, String path, String body, String key) {
    return send(
        request("/control" + path)
            .header("Authorization", "Bearer " + key)
            .method(method, BodyPublishers.ofString(body)));
  }

  Response postForm(String path, String form) {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  Response postWithToken(String path, String token) {
    return send(
        request(path).header("Authorization", "Bearer " + token).POST(BodyPublishers.noBody()));
  }

  Response postJson(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  Response revoke(String token, String credentials) {
    String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    return send(
        request("/oauth/revoke")
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("token=" + token)));
  }

  /// The response as sent to a client that accepts gzip.
  HttpResponse<byte[]> compressed(String path) {
    try {
      return CLIENT.send(
          request(path)
              .header("Authorization", "Bearer " + token())
              .header("Accept-Encoding", "gzip, deflate")
              .build(),
          BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("No response", e);
    }
  }

  Response withoutToken(String path) {
    return send(request(path).GET());
  }

  JsonNode athletes() {
    return control("GET", "/athletes", "").json();
  }

  long athlete() {
    return athletes().get(0).path("id").longValue();
  }

  /// The first athlete's valid refresh token.
  String refreshToken() {
    return athletes().get(0).path("refresh_token").asText();
  }

  Response refresh(String refreshToken) {
    return postForm(
        "/oauth/token",
        "client_id=20001&client_secret=sandbox-secret&grant_type=refresh_token&refresh_token="
            + refreshToken);
  }

  /// A valid access token of the first athlete.
  String token() {
    return refresh(refreshToken()).json().path("access_token").asText();
  }

  /// All activities of the first athlete, from the control API.
  JsonNode activities() {
    return control("GET", "/athletes/" + athlete() + "/activities", "").json();
  }

  /// The newest activity of the first athlete that matches.
  JsonNode newestMatching(Predicate<JsonNode> filter) {
    for (JsonNode activity : activities()) {
      if (filter.test(activity)) {
        return activity;
      }
    }
    throw new AssertionError("No activity matches.");
  }

  JsonNode listing(String query) {
    return get("/api/v3/athlete/activities?" + query).json();
  }

  /// Adds an activity to the first athlete and returns its record.
  JsonNode add(String fields) {
    Response added = control("POST", "/athletes/" + athlete() + "/activities", fields);
    if (added.status() != 201) {
      throw new AssertionError("Not added: " + added.body());
    }
    return added.json();
  }

  /// Orders a fault.
  void fault(String fields) {
    Response ordered = control("POST", "/faults", fields);
    if (ordered.status() != 201) {
      throw new AssertionError("Fault rejected: " + ordered.body());
    }
  }

  /// Sets the scopes of the first athlete's tokens.
  void setScopes(String... scopes) {
    String all = scopes.length == 0 ? "" : "\"" + String.join("\",\"", scopes) + "\"";
    control("PUT", "/athletes/" + athlete() + "/scopes", "{\"scopes\":[" + all + "]}");
  }

  String calls() {
    return control("GET", "/calls", "").body();
  }

  void advance(String duration) {
    control("PUT", "/clock", "{\"advance\":\"" + duration + "\"}");
  }

  static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not valid JSON: " + json, e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  private static Response send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
      return new Response(response.statusCode(), response);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("No response", e);
    }
  }
}
