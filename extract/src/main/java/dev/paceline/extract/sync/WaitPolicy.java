package dev.paceline.extract.sync;

import dev.paceline.extract.http.ApiClock;
import dev.paceline.extract.http.Pause;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a run does where the budget is spent: it ends, or waits for the next window.
public final class WaitPolicy {

  private static final Logger LOG = LoggerFactory.getLogger(WaitPolicy.class);

  /// A window is over once its last second is.
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final boolean waits;
  private final Pause pause;
  private final ApiClock clock;

  /// @param waits false where a run ends instead
  public WaitPolicy(boolean waits, Pause pause, ApiClock clock) {
    this.waits = waits;
    this.pause = pause;
    this.clock = clock;
  }

  boolean shouldWait() {
    return waits && !pause.isStopRequested();
  }

  /// Waits until a moment of the source's clock; answers whether it has come.
  boolean waitUntil(Instant moment) {
    LOG.info("The budget is spent; waiting until {}.", moment);
    boolean passed = pause.sleep(Duration.between(clock.now(), moment).plus(MARGIN));
    if (passed) {
      clock.advanceTo(moment);
    }
    return passed;
  }
}
