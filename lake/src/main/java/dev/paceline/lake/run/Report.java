package dev.paceline.lake.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.lake.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a run did: one JSON object of at most 8 KB, the last line of its output. No data depend on
/// anyone having read it.
public final class Report {

  private static final int MOST_BYTES = 8 * 1024;

  private final ObjectNode json = Json.MAPPER.createObjectNode();
  private final long started = System.nanoTime();

  /// Begins a report, and its clock.
  ///
  /// @param command `extract` or `load`
  /// @param step what of it, e.g. `sync` or `publish`
  public Report(String command, String step) {
    json.put("report", command).put("step", step);
  }

  /// Sets a member; a value is anything that [Json#MAPPER] writes.
  public Report put(String name, Object value) {
    json.set(name, Json.MAPPER.valueToTree(value));
    return this;
  }

  /// Ends the report with the way the run ended.
  public Report ended(Exit exit) {
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    json.put("status", exit.word()).put("exit", exit.code()).put("seconds", took.toMillis() / 1e3);
    return this;
  }

  /// Ends the report with a failure of the whole run.
  public Report failed(Failure failure) {
    put("error", error(failure));
    failure.resumeAt().ifPresent(at -> put("resume_at", at));
    return ended(failure.exit());
  }

  /// A failure as reports tell it.
  public static JsonNode error(Failure failure) {
    return Json.MAPPER
        .createObjectNode()
        .put("doing", failure.doing())
        .put("what", failure.what())
        .put("remedy", failure.remedy());
  }

  /// Whether anything has ended it.
  public boolean hasEnded() {
    return json.has("exit");
  }

  public JsonNode json() {
    return json;
  }

  /// The report on one line, cut to 8 KB: its longest list loses entries from its end until it
  /// fits, and `left_out` says how many.
  public String line() {
    ObjectNode fitting = json.deepCopy();
    int leftOut = 0;
    while (bytes(fitting) > MOST_BYTES) {
      ArrayNode longest = longestList(fitting);
      if (longest == null) {
        return Json.MAPPER
            .createObjectNode()
            .put("report", json.path("report").asText())
            .put("exit", json.path("exit").asInt())
            .put("left_out", "the report is longer than 8 KB")
            .toString();
      }
      longest.remove(longest.size() - 1);
      leftOut++;
      fitting.put("left_out", leftOut);
    }
    return fitting.toString();
  }

  private static int bytes(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static @Nullable ArrayNode longestList(JsonNode node) {
    ArrayNode longest = null;
    for (JsonNode child : node) {
      ArrayNode found =
          child instanceof ArrayNode list && !list.isEmpty() ? list : longestList(child);
      if (found != null && (longest == null || found.size() > longest.size())) {
        longest = found;
      }
    }
    return longest;
  }
}
