package dev.paceline.sandbox.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.ListedActivity;
import dev.paceline.sandbox.world.SandboxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Reads a folder of `*.jsonl` files: one activity a line, its bytes kept as they are.
final class Recordings {
  private Recordings() {}

  /// The activities by athlete. Throws a configuration error if there is nothing to serve or a line
  /// is not an activity.
  static Map<Long, List<ListedActivity>> read(Path folder) {
    Map<Long, List<ListedActivity>> byAthlete = new HashMap<>();
    Set<Long> ids = new HashSet<>();
    try {
      for (Path file : files(folder)) {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
          if (!lines.get(i).isBlank()) {
            ListedActivity activity = activity(lines.get(i), file, i + 1);
            if (!ids.add(activity.id())) {
              throw unusable(file, i + 1, "activity " + activity.id() + " appears twice.");
            }
            byAthlete
                .computeIfAbsent(activity.athlete(), athlete -> new ArrayList<>())
                .add(activity);
          }
        }
      }
    } catch (IOException e) {
      throw SandboxException.configuration(
          "The recordings in %s cannot be read: %s.".formatted(folder, e));
    }
    if (byAthlete.isEmpty()) {
      throw SandboxException.configuration(
          "--replay %s contains no activities; give a folder with *.jsonl files, one activity a line."
              .formatted(folder));
    }
    return byAthlete;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw SandboxException.configuration(
          "--replay %s is not a folder; give one that contains *.jsonl files.".formatted(folder));
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".jsonl"))
          .sorted()
          .toList();
    }
  }

  private static ListedActivity activity(String line, Path file, int number) {
    ObjectNode record =
        Json.parse(line).orElseThrow(() -> unusable(file, number, "it is not a JSON object."));
    try {
      return ListedActivity.of(record, null, line.strip().getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw unusable(file, number, String.valueOf(e.getMessage()));
    }
  }

  private static SandboxException unusable(Path file, int line, String reason) {
    return SandboxException.configuration(
        "Line %d of %s cannot be served: %s".formatted(line, file, reason));
  }
}
