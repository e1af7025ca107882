package dev.paceline.lake.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What started the run, if an orchestrator did.
///
/// @param run the orchestrator's name for its run, e.g. Airflow's `run_id`
/// @param attempt which try of the task this is, from 1
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Orchestrator(String run, @Nullable Integer attempt) {

  /// Read from what an orchestrator sets in the container's environment:
  /// `PACELINE_ORCHESTRATOR_RUN` and `PACELINE_ORCHESTRATOR_TRY`.
  public static Optional<Orchestrator> from(Map<String, String> environment) {
    String run = environment.get("PACELINE_ORCHESTRATOR_RUN");
    if (run == null || run.isBlank()) {
      return Optional.empty();
    }
    String attempt = environment.getOrDefault("PACELINE_ORCHESTRATOR_TRY", "");
    return Optional.of(
        new Orchestrator(run, attempt.matches("\\d{1,9}") ? Integer.valueOf(attempt) : null));
  }
}
