package dev.paceline.extract.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// A source that exists only in a forecast: it has a clock, which stands still while a run makes
/// calls, and counts each call against the budget as the real one does.
public final class SimulatedSource {

  private final Budget budget;
  private final ApiClock clock;
  private final Set<UsedWindow> used;
  private Instant now;

  /// A source at the beginning of a run.
  ///
  /// @param clock the run's, which follows the source's
  /// @param used where the windows are noted in which calls are made
  public SimulatedSource(Budget budget, ApiClock clock, Instant now, Set<UsedWindow> used) {
    this.budget = budget;
    this.clock = clock;
    this.used = used;
    this.now = now;
    clock.advanceTo(now);
  }

  /// A window in which a call is made.
  ///
  /// @param limit its name in api.yaml
  public record UsedWindow(String limit, Duration length, Instant end) {}

  /// Lets time pass until a moment.
  public void advanceTo(Instant moment) {
    now = moment;
  }

  /// Responds to a call; returns the time of the response.
  Instant respond() {
    budget.suppose(now);
    clock.observe(now);
    budget
        .windows()
        .forEach(window -> used.add(new UsedWindow(window.limit(), window.length(), window.end())));
    return now;
  }
}
