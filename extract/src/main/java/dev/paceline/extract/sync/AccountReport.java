package dev.paceline.extract.sync;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.report.Report;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The result of the run of one account.
///
/// @param exit of the most severe failure
/// @param commits the numbers of its commits
/// @param calls to the source, by endpoint
/// @param streams what was found, by stream
/// @param skipped why a stream was not read, by stream
/// @param queued what is still to be read; absent if nothing is
/// @param rejected which records could not be read, and when they are tried again
/// @param verified what was read again for edits that no listing shows
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AccountReport(
    String account,
    @JsonIgnore Exit exit,
    @JsonInclude(JsonInclude.Include.ALWAYS) List<Long> commits,
    @JsonInclude(JsonInclude.Include.ALWAYS) Map<String, Long> calls,
    @JsonInclude(JsonInclude.Include.ALWAYS) Map<String, StreamReport> streams,
    Map<String, String> skipped,
    @Nullable QueueReport queued,
    @Nullable RejectsReport rejected,
    @Nullable VerifyReport verified,
    @Nullable JsonNode error,
    @Nullable Instant resumeAt) {

  /// The exit as in reports.
  @JsonProperty
  public String status() {
    return exit.word();
  }

  @JsonIgnore
  long totalCalls() {
    return calls.values().stream().mapToLong(Long::longValue).sum();
  }

  /// A failure as it appears in reports.
  static JsonNode error(Failure failure) {
    return Report.error(failure);
  }

  /// A few lines for a terminal.
  String lines() {
    StringBuilder lines = new StringBuilder(account).append(": ");
    lines.append(commits.isEmpty() ? "nothing to commit" : "commits " + commits);
    lines.append(", %,d calls".formatted(totalCalls()));
    streams.forEach((stream, found) -> {
      lines.append(
          "%n  %-18s %,d new or changed, %,d deleted, %,d unchanged"
              .formatted(stream, found.upserts(), found.deletes(), found.unchanged()));
      if (found.rejects() > 0) {
        lines.append(", %,d could not be read".formatted(found.rejects()));
      }
    });
    skipped.forEach((stream, why) -> lines.append("%n  %-18s not read: %s".formatted(stream, why)));
    if (verified != null && verified.calls() > 0) {
      lines.append(
          "%n  %,d records read again, %,d of them had unseen edits; all are read again in %,d runs"
              .formatted(verified.calls(), verified.changed(), verified.days()));
    }
    if (queued != null) {
      lines.append("%n  %,d records still to be read".formatted(queued.total()));
      Optional.ofNullable(queued.doneAt())
          .ifPresent(at -> lines.append(", which can be done by ").append(at));
    }
    if (rejected != null) {
      rejected.lines().forEach(line -> lines.append("%n  ".formatted()).append(line));
    }
    if (error != null) {
      lines.append(
          "%n  %s: %s; %s."
              .formatted(
                  error.path("doing").asText(),
                  error.path("what").asText(),
                  error.path("remedy").asText()));
    }
    return lines.toString();
  }
}
