package dev.paceline.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// S3, SSM, Secrets Manager and IAM on loopback: one moto server for all tests of this JVM, which
/// ends with it. It runs in the Python environment that `make test` sets up, or in that of the
/// `moto_server` named by `PACELINE_MOTO_SERVER`.
public final class MotoServer {

  private static final Pattern READY = Pattern.compile("ready (http://127\\.0\\.0\\.1:\\d+)");
  private static @Nullable String url;

  private MotoServer() {}

  public static synchronized String url() {
    if (url == null) {
      url = start();
    }
    return url;
  }

  private static String start() {
    try {
      Process process =
          new ProcessBuilder(python().toString(), "-c", program())
              .redirectErrorStream(true)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      BufferedReader output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Matcher ready = READY.matcher(line);
        if (ready.find()) {
          Thread.ofPlatform().daemon().start(() -> output.lines().forEach(ignored -> {}));
          return ready.group(1);
        }
      }
      throw new IllegalStateException("moto_server ended before it was ready");
    } catch (IOException e) {
      throw new IllegalStateException("moto_server could not be started", e);
    }
  }

  private static String program() throws IOException {
    try (InputStream script = MotoServer.class.getResourceAsStream("/aws_server.py")) {
      return new String(
          Objects.requireNonNull(script, "it is in this jar").readAllBytes(),
          StandardCharsets.UTF_8);
    }
  }

  private static Path python() {
    String named = System.getenv("PACELINE_MOTO_SERVER");
    return Stream.of(named == null ? "" : named, "../.venv/dev/bin/moto_server")
        .filter(path -> !path.isEmpty())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .map(server -> server.resolveSibling("python"))
        .orElseThrow(() ->
            new IllegalStateException(
                "There is no moto_server: run `make test`, or set PACELINE_MOTO_SERVER."));
  }
}
