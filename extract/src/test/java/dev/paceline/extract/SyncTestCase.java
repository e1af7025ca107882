package dev.paceline.extract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.cli.Environment;
import dev.paceline.extract.http.RetryPolicy;
import dev.paceline.extract.sync.CommitLimits;
import dev.paceline.extract.sync.StopSignal;
import dev.paceline.lake.Json;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.log.Commit;
import dev.paceline.lake.log.CommitLog;
import dev.paceline.lake.log.Part;
import dev.paceline.lake.log.PartReader;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Complete runs of `extract sync`, against a small Strava and a lake of files.
abstract class SyncTestCase {

  final SourceStub api = SourceStub.begin();
  final Map<String, String> variables = new HashMap<>();
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  StopSignal stop = new StopSignal();
  boolean terminal;
  Runnable duringEachPause = () -> {};
  Duration slept = Duration.ZERO;
  CommitLimits limits = CommitLimits.STANDARD;

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void configure() throws IOException {
    Files.createDirectory(folder.resolve("tokens"));
    hasToken("anna", "{\"refresh_token\":\"refresh-0\"}");
    variables.put("PACELINE_LAKE", folder.resolve("lake").toUri().toString());
    variables.put("PACELINE_TOKENS", folder.resolve("tokens").toUri().toString());
    variables.put("PACELINE_STRAVA_API_URL", api.apiUrl());
    variables.put("PACELINE_STRAVA_OAUTH_URL", api.oauthUrl());
    variables.put("PACELINE_STRAVA_CLIENT_ID", "20001");
    variables.put("PACELINE_STRAVA_CLIENT_SECRET", "app-secret");
    variables.put("PACELINE_STRAVA_ACCOUNTS", "anna");
    variables.put("PACELINE_STRAVA_STREAMS", "athlete,activities");
  }

  int sync(String... more) {
    return syncSource("strava", more);
  }

  int syncSource(String source, String... more) {
    return run("sync", source, more);
  }

  /// Runs a command for a source.
  int run(String command, String source, String... more) {
    out.reset();
    List<String> arguments = new ArrayList<>(List.of(command, source));
    arguments.addAll(List.of(more));
    Environment environment =
        new Environment(
            variables, folder, new PrintStream(out, true), new PrintStream(out, true), terminal);
    RetryPolicy quick = new RetryPolicy(Duration.ofMillis(1), RandomGenerator.getDefault());
    return Extract.commandLine(environment, stop, quick, this::sleep, limits)
        .execute(arguments.toArray(String[]::new));
  }

  /// Starts a command as a separate process.
  Process begin(String... arguments) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Extract.class.getName()));
    words.addAll(List.of(arguments));
    ProcessBuilder process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    process.environment().putAll(variables);
    return process.start();
  }

  /// Advances time immediately, at the source as well.
  private void sleep(Duration time) {
    slept = slept.plus(time);
    api.advancesClockBy(time);
    duringEachPause.run();
  }

  String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  JsonNode report() {
    try {
      return Json.MAPPER.readTree(out.toString(StandardCharsets.UTF_8).lines().toList().getLast());
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }

  JsonNode account() {
    return report().path("accounts").path(0);
  }

  JsonNode found(String stream) {
    return account().path("streams").path(stream);
  }

  ObjectStore lake() {
    return Stores.open(folder.resolve("lake").toUri().toString(), Map.of());
  }

  List<Commit> log(String account) {
    return log("strava", account);
  }

  List<Commit> log(String source, String account) {
    try (ObjectStore store = lake()) {
      return new CommitLog(store, source, account).after(0);
    }
  }

  /// The envelopes of a stream in the order of the log.
  List<JsonNode> records(String account, String stream) {
    List<JsonNode> envelopes = new ArrayList<>();
    try (ObjectStore store = lake()) {
      for (Commit commit : new CommitLog(store, "strava", account).after(0)) {
        for (Part part : commit.parts()) {
          if (part.stream().equals(stream)) {
            envelopes.addAll(lines(store, part));
          }
        }
      }
    }
    return envelopes;
  }

  static List<JsonNode> lines(ObjectStore store, Part part) {
    List<JsonNode> lines = new ArrayList<>();
    try (PartReader reader = PartReader.open(store, part)) {
      String text = new String(reader.stream().readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        lines.add(Json.MAPPER.readTree(line));
      }
      reader.verify();
      return lines;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// Deletes what is known of anna's source, so that it is rebuilt from the log.
  void deletesState() {
    try {
      Files.delete(folder.resolve("lake").resolve(LakeLayout.state("strava", "anna")));
    } catch (IOException undeletable) {
      throw new UncheckedIOException(undeletable);
    }
  }

  void hasToken(String account, String json) {
    Path file = folder.resolve("tokens/strava-%s.json".formatted(account));
    try {
      Files.writeString(file, json);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  String storedToken() {
    try {
      return Files.readString(folder.resolve("tokens/strava-anna.json"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
