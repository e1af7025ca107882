package dev.paceline.sandbox.replay;

import dev.paceline.sandbox.replay.RecordingFile.Recording;
import dev.paceline.sandbox.world.ListedActivity;
import dev.paceline.sandbox.world.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Reads a folder of recorded activities: its `*.jsonl` files, and the arrays in `*.json` files.
final class Recordings {
  private Recordings() {}

  /// The activities by athlete. Throws a configuration error if there is nothing to serve or
  /// something is not an activity.
  static Map<Long, List<ListedActivity>> read(Path folder) {
    Map<Long, List<ListedActivity>> byAthlete = new HashMap<>();
    Set<Long> ids = new HashSet<>();
    try {
      for (Path file : files(folder)) {
        for (Recording recording : RecordingFile.read(file)) {
          ListedActivity activity = recording.activity();
          if (!ids.add(activity.id())) {
            throw RecordingFile.unusable(
                file, recording.line(), "activity " + activity.id() + " appears twice.");
          }
          byAthlete.computeIfAbsent(activity.athlete(), athlete -> new ArrayList<>()).add(activity);
        }
      }
    } catch (IOException e) {
      throw SandboxException.configuration(
          "The recordings in %s cannot be read: %s.".formatted(folder, e));
    }
    if (byAthlete.isEmpty()) {
      throw SandboxException.configuration(
          "--replay %s contains no activities; give a folder with *.jsonl files, one activity a line, or *.json files, arrays of them."
              .formatted(folder));
    }
    return byAthlete;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw SandboxException.configuration(
          "--replay %s is not a folder; give one that contains *.jsonl or *.json files."
              .formatted(folder));
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(RecordingFile::isNamed).sorted().toList();
    }
  }
}
