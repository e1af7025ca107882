package dev.paceline.extract.sync;

import dev.paceline.cli.retry.Pause;
import dev.paceline.extract.http.ApiClock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a run does when the budget is spent: end, or wait for the next window.
public final class WaitPolicy {

  private static final Logger LOG = LoggerFactory.getLogger(WaitPolicy.class);

  /// A window has ended only after its last second.
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final boolean waits;
  private final Pause pause;
  private final ApiClock clock;

  /// @param waits false if a run ends instead
  public WaitPolicy(boolean waits, Pause pause, ApiClock clock) {
    this.waits = waits;
    this.pause = pause;
    this.clock = clock;
  }

  boolean shouldWait() {
    return waits && !pause.isStopRequested();
  }

  /// Waits until a moment by the source's clock; returns false if the run was stopped before.
  boolean waitUntil(Instant moment) {
    LOG.info("The budget is spent; waiting until {}.", moment);
    boolean reached = pause.sleep(Duration.between(clock.now(), moment).plus(MARGIN));
    if (reached) {
      clock.advanceTo(moment);
    }
    return reached;
  }
}
