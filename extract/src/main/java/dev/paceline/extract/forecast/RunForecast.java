package dev.paceline.extract.forecast;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paceline.cli.failure.Exit;
import java.time.Instant;
import java.util.Map;

/// What one run will do.
///
/// @param at when it begins
/// @param ends when it ends, if calls take no time: only waits for the budget do
/// @param total how many calls it makes
/// @param calls the same by endpoint
public record RunForecast(
    Instant at, Instant ends, @JsonIgnore Exit outcome, long total, Map<String, Long> calls) {

  @JsonProperty
  String status() {
    return outcome.word();
  }
}
