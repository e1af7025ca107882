package dev.paceline.extract.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/// When the runs of a forecast begin.
///
/// @param first when the first run begins
/// @param every the time from the beginning of a run to that of the next
/// @param runs how many; empty for as many as it takes until all accounts are complete
public record Schedule(Instant first, Duration every, OptionalInt runs) {

  /// The most runs of a forecast.
  public static final int MOST_RUNS = 60;

  /// The beginning of the run after one that ended at this moment: a run that takes longer than the
  /// interval is not started twice.
  Instant next(Instant began, Instant ended) {
    long whole = Duration.between(began, ended).dividedBy(every);
    Instant last = began.plus(every.multipliedBy(whole));
    return last.isBefore(ended) || whole == 0 ? last.plus(every) : last;
  }

  boolean isOver(int made, boolean complete) {
    return made >= runs.orElse(MOST_RUNS) || (runs.isEmpty() && complete);
  }
}
