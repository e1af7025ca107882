package dev.paceline.sandbox.replay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.ListedActivity;
import dev.paceline.sandbox.world.SandboxException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads a file of recorded activities, whose bytes are kept as they are: one a line, or in arrays
/// as Strava's API returns them, one array a page. A byte order mark at the beginning is skipped.
final class RecordingFile {
  private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] UTF_16_BE_MARK = {(byte) 0xFE, (byte) 0xFF};
  private static final byte[] UTF_16_LE_MARK = {(byte) 0xFF, (byte) 0xFE};

  private final Path file;
  private final byte[] bytes;

  private RecordingFile(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /// An activity and the line on which it begins, counted from 1.
  record Recording(ListedActivity activity, int line) {}

  /// Whether the name says that it may be one.
  static boolean isNamed(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".jsonl") || name.endsWith(".json");
  }

  /// Throws a configuration error that names the line if something is not an activity. A `*.json`
  /// file that is not an array is something else, such as a state file, and has no activities.
  static List<Recording> read(Path file) throws IOException {
    byte[] bytes = inUtf8(Files.readAllBytes(file));
    boolean isOne = file.getFileName().toString().endsWith(".jsonl") || isArray(bytes);
    return isOne ? new RecordingFile(file, bytes).recordings() : List.of();
  }

  private static boolean isArray(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).stripLeading().startsWith("[");
  }

  static SandboxException unusable(Path file, int line, String reason) {
    return SandboxException.configuration(
        "Line %d of %s cannot be served: %s".formatted(line, file, reason));
  }

  /// PowerShell's `>` writes UTF-16.
  private static byte[] inUtf8(byte[] bytes) {
    if (startsWith(bytes, UTF_8_MARK)) {
      return Arrays.copyOfRange(bytes, UTF_8_MARK.length, bytes.length);
    }
    if (startsWith(bytes, UTF_16_LE_MARK)) {
      return decoded(bytes, StandardCharsets.UTF_16LE);
    }
    return startsWith(bytes, UTF_16_BE_MARK) ? decoded(bytes, StandardCharsets.UTF_16BE) : bytes;
  }

  private static byte[] decoded(byte[] bytes, Charset charset) {
    return new String(bytes, 2, bytes.length - 2, charset).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean startsWith(byte[] bytes, byte[] mark) {
    return bytes.length >= mark.length
        && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
  }

  private List<Recording> recordings() throws IOException {
    List<Recording> found = new ArrayList<>();
    try (JsonParser parser = Json.parser(bytes)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token != JsonToken.START_ARRAY && token != JsonToken.END_ARRAY) {
          found.add(recording(parser));
        }
      }
    } catch (JsonProcessingException e) {
      throw unusable(file, e.getLocation().getLineNr(), "it is not a JSON object.");
    }
    return found;
  }

  private Recording recording(JsonParser parser) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    int start = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    byte[] record =
        Arrays.copyOfRange(bytes, start, (int) parser.currentLocation().getByteOffset());
    try {
      return Json.parse(new String(record, StandardCharsets.UTF_8))
          .map(json -> new Recording(ListedActivity.of(json, null, record), line))
          .orElseThrow(() -> unusable(file, line, "it is not a JSON object."));
    } catch (IllegalArgumentException e) {
      throw unusable(file, line, String.valueOf(e.getMessage()));
    }
  }
}
