package dev.paceline.extract.forecast;

import dev.paceline.cli.failure.Exit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A forecast.
///
/// @param suppositions what it supposes because nobody has asked the source yet, in sentences
public record ForecastResult(
    List<RunForecast> runs,
    List<AccountForecast> accounts,
    List<BudgetForecast> budget,
    List<String> suppositions) {

  /// The calls of all runs, by endpoint.
  public Map<String, Long> calls() {
    Map<String, Long> calls = new TreeMap<>();
    runs.forEach(
        run -> run.calls().forEach((endpoint, count) -> calls.merge(endpoint, count, Long::sum)));
    return calls;
  }

  /// How the forecast itself ends: not as its runs do, unless one of them meets a bug.
  public Exit exit() {
    return runs.stream().anyMatch(run -> run.outcome() == Exit.BUG) ? Exit.BUG : Exit.DONE;
  }
}
