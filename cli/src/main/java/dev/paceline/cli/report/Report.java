package dev.paceline.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a run did: one JSON object of at most 8 KB, the last line of its output. No data depends on
/// anyone reading it.
public final class Report {

  /// How values are written: snake_case names, ISO 8601 times.
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .build();

  private static final int MAX_BYTES = 8 * 1024;

  /// Why a run failed: its texts may be cut, but it is never left out.
  private static final String ERROR = "error";

  private final ObjectNode json = MAPPER.createObjectNode();
  private final long started = System.nanoTime();

  /// Starts a report and its clock.
  ///
  /// @param command `extract` or `load`
  /// @param step its subcommand, e.g. `sync` or `publish`
  public Report(String command, String step) {
    json.put("report", command).put("step", step);
  }

  /// Sets a member; the value is anything that Jackson can write.
  public Report put(String name, Object value) {
    json.set(name, MAPPER.valueToTree(value));
    return this;
  }

  /// Ends the report with how the run ended.
  public Report ended(Exit exit) {
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    json.put("status", exit.word()).put("exit", exit.code()).put("seconds", took.toMillis() / 1e3);
    return this;
  }

  /// Ends the report with a failure of the whole run.
  public Report failed(Failure failure) {
    put(ERROR, error(failure));
    failure.resumeAt().ifPresent(at -> put("resume_at", at));
    return ended(failure.exit());
  }

  /// A failure as it appears in reports.
  public static JsonNode error(Failure failure) {
    return MAPPER
        .createObjectNode()
        .put("doing", failure.doing())
        .put("what", failure.what())
        .put("remedy", failure.remedy());
  }

  /// Whether the report has been ended.
  public boolean hasEnded() {
    return json.has("exit");
  }

  public JsonNode json() {
    return json;
  }

  /// The report on one line, cut to 8 KB: its largest list or object loses entries from its end
  /// until it fits, and `left_out` says how many. Members that are a number, a word or a time are
  /// always kept, because readers decide by them: what identifies the run, how it ended, how much
  /// it committed, and when to resume. If they and `error` are too long by themselves, the longest
  /// texts are cut.
  public String line() {
    ObjectNode fitting = json.deepCopy();
    int leftOut = 0;
    while (bytes(fitting) > MAX_BYTES) {
      Optional<String> largest = largestMember(fitting);
      if (largest.isEmpty()) {
        cutTexts(fitting);
        break;
      }
      leftOut += shorten(fitting, largest.get(), bytes(fitting) - MAX_BYTES);
      fitting.put("left_out", leftOut);
    }
    return fitting.toString();
  }

  private static int bytes(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static Optional<String> largestMember(ObjectNode report) {
    return report
        .propertyStream()
        .filter(member -> member.getValue().isContainerNode() && !member.getKey().equals(ERROR))
        .max(Comparator.comparingInt(member -> bytes(member.getValue())))
        .map(Map.Entry::getKey);
  }

  /// Removes entries from the end of the largest list or object in a member, at most half of it:
  /// another member may then be the largest. Returns how many.
  private static int shorten(ObjectNode report, String member, int excess) {
    JsonNode largest = report.path(member);
    if (largest.isEmpty()) {
      report.remove(member);
      return 1;
    }
    Optional<JsonNode> dominant = dominantEntry(largest);
    while (dominant.isPresent()) {
      largest = dominant.get();
      dominant = dominantEntry(largest);
    }
    int whole = bytes(largest);
    int target = Math.max(whole - excess, whole / 2);
    List<String> names = new ArrayList<>(largest.propertyStream().map(Map.Entry::getKey).toList());
    int removed = 0;
    int left = whole;
    while (left > target && !largest.isEmpty()) {
      if (largest instanceof ObjectNode object) {
        String name = names.removeLast();
        left -= bytes(TextNode.valueOf(name)) + bytes(object.remove(name)) + 2; // colon and comma
      } else {
        left -= bytes(((ArrayNode) largest).remove(largest.size() - 1)) + 1;
      }
      removed++;
    }
    return removed;
  }

  /// The entry that makes up more than half of a list or object and can itself be shortened.
  private static Optional<JsonNode> dominantEntry(JsonNode container) {
    int half = bytes(container) / 2;
    return container
        .valueStream()
        .filter(entry -> !entry.isEmpty() && bytes(entry) > half)
        .findFirst();
  }

  /// Halves the longest texts until the report fits.
  private static void cutTexts(ObjectNode report) {
    for (int maxLength = MAX_BYTES / 2;
        bytes(report) > MAX_BYTES && maxLength > 0;
        maxLength /= 2) {
      cutTexts(report, maxLength);
    }
  }

  private static void cutTexts(ObjectNode node, int maxLength) {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (member.getValue() instanceof ObjectNode object) {
        cutTexts(object, maxLength);
      } else if (member.getValue().isTextual()
          && member.getValue().textValue().length() > maxLength) {
        String text = member.getValue().textValue();
        int end = Character.isHighSurrogate(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
        member.setValue(TextNode.valueOf(text.substring(0, end) + "…"));
      }
    }
  }
}
