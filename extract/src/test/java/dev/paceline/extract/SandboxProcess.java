package dev.paceline.extract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.lake.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The simulated Strava of `dev/sandbox` as a process of its own, and its control API.
final class SandboxProcess implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
  private static final Pattern KEY = Pattern.compile("Control API: Authorization: (Bearer \\S+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final String url;
  private final String authorization;

  private SandboxProcess(Process process, String url, String authorization) {
    this.process = process;
    this.url = url;
    this.authorization = authorization;
  }

  /// Starts one on a free port.
  ///
  /// @param options those of `sandbox serve`
  static SandboxProcess begin(String... options) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.addAll(List.of("dev.paceline.sandbox.Sandbox", "serve"));
    words.addAll(List.of(options));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String url = "";
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher ready = READY.matcher(line);
      Matcher key = KEY.matcher(line);
      if (ready.find()) {
        url = ready.group();
      } else if (key.matches()) {
        Thread.ofPlatform().daemon().start(() -> output.lines().forEach(ignored -> {}));
        return new SandboxProcess(process, url, key.group(1));
      }
    }
    throw new IllegalStateException("The sandbox ended before it was ready.");
  }

  String url() {
    return url;
  }

  /// Calls the control API.
  JsonNode control(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/control/" + path))
            .header("Authorization", authorization)
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException("The sandbox refused %s %s".formatted(method, path));
      }
      return Json.MAPPER.readTree(response.body());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  JsonNode control(String path) {
    return control("GET", path, "");
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.close();
  }
}
