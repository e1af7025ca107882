package dev.paceline.extract.sync;

import dev.paceline.extract.http.Budget;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;

/// The progress of a run for a terminal: records, rate, budget and time left.
final class StatusLine {

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final long began = System.nanoTime();
  private final Budget budget;

  StatusLine(Budget budget) {
    this.budget = budget;
  }

  /// The status line.
  ///
  /// @param doing account and activity, e.g. `anna: listing`
  /// @param read records so far
  /// @param queued calls that are still to be made
  String of(String doing, long read, long queued, Instant now) {
    double seconds = Math.max(0.001, (System.nanoTime() - began) / 1e9);
    double rate = read / seconds;
    StringBuilder line = new StringBuilder("%s: %,d records, %.1f/s".formatted(doing, read, rate));
    tightestWindow(now)
        .ifPresent(window ->
            line.append(
                "; %,d of %,d calls left until %s"
                    .formatted(window.left(now), window.most(), UTC.format(window.endAfter(now)))));
    if (queued > 0) {
      line.append(
          "; %,d to go, about %s".formatted(queued, abbreviated(timeLeft(queued, rate, now))));
    }
    return line.toString();
  }

  /// The window with the fewest calls left.
  private Optional<Budget.Window> tightestWindow(Instant now) {
    return budget.windows().stream().min(Comparator.comparingLong(window -> window.left(now)));
  }

  /// The longer of the time that the calls take and the time that the budget makes them wait.
  private Duration timeLeft(long queued, double rate, Instant now) {
    Duration working = Duration.ofSeconds(rate > 0 ? (long) (queued / rate) : 0);
    Duration waiting =
        budget.doneAt(queued, 0, now).map(at -> Duration.between(now, at)).orElse(Duration.ZERO);
    return working.compareTo(waiting) > 0 ? working : waiting;
  }

  private static String abbreviated(Duration time) {
    if (time.toDays() > 0) {
      return "%d d %d h".formatted(time.toDays(), time.toHoursPart());
    }
    return time.toHours() > 0
        ? "%d h %d min".formatted(time.toHours(), time.toMinutesPart())
        : "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart());
  }
}
