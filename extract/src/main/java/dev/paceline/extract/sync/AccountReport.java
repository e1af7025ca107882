package dev.paceline.extract.sync;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import dev.paceline.lake.run.Report;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How the run of one account ended.
///
/// @param exit the gravest thing that happened
/// @param commits the numbers of the commits it made
/// @param calls by endpoint
/// @param streams what was found, by stream
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountReport(
    String account,
    @JsonIgnore Exit exit,
    List<Long> commits,
    Map<String, Long> calls,
    Map<String, StreamReport> streams,
    @Nullable JsonNode error,
    @Nullable Instant resumeAt) {

  /// The exit as reports write it.
  @JsonProperty
  public String status() {
    return exit.word();
  }

  @JsonIgnore
  long totalCalls() {
    return calls.values().stream().mapToLong(Long::longValue).sum();
  }

  static AccountReport of(
      String account,
      List<Long> commits,
      Map<String, Long> calls,
      Map<String, StreamReport> streams,
      Optional<Failure> failure) {
    return new AccountReport(
        account,
        failure.map(Failure::exit).orElse(Exit.DONE),
        commits,
        calls,
        streams,
        failure.map(Report::error).orElse(null),
        failure.flatMap(Failure::resumeAt).orElse(null));
  }

  /// One line for a person.
  String line() {
    StringBuilder line = new StringBuilder(account).append(": ");
    streams.forEach((stream, found) ->
        line.append(
            "%s %,d new or changed, %,d gone, %,d as they were; "
                .formatted(stream, found.upserts(), found.deletes(), found.unchanged())));
    line.append(commits.isEmpty() ? "nothing to commit" : "commits " + commits);
    line.append("; %,d calls".formatted(totalCalls()));
    if (error != null) {
      line.append(
          "%n  %s: %s; %s."
              .formatted(
                  error.path("doing").asText(),
                  error.path("what").asText(),
                  error.path("remedy").asText()));
    }
    return line.toString();
  }
}
