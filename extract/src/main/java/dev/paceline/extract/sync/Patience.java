package dev.paceline.extract.sync;

import dev.paceline.extract.http.ApiClock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a run does where the budget is spent: it ends, or waits for the next window.
public final class Patience {

  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

  /// How often a run that waits looks whether it should end.
  private static final Duration BLINK = Duration.ofSeconds(1);

  /// A window is over once its last second is.
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final boolean waits;
  private final Sleeper sleeper;
  private final ApiClock clock;
  private final StopSignal stop;

  /// @param waits false where a run ends instead
  public Patience(boolean waits, Sleeper sleeper, ApiClock clock, StopSignal stop) {
    this.waits = waits;
    this.sleeper = sleeper;
    this.clock = clock;
    this.stop = stop;
  }

  /// How time passes.
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  boolean waits() {
    return waits && !stop.isRequested();
  }

  /// Waits until a moment of the source's clock; answers whether it has come.
  boolean waitUntil(Instant moment) {
    Duration left = Duration.between(clock.now(), moment).plus(MARGIN);
    LOG.info("The budget is spent; waiting until {}.", moment);
    try {
      for (; left.isPositive() && !stop.isRequested(); left = left.minus(BLINK)) {
        sleeper.sleep(left.compareTo(BLINK) < 0 ? left : BLINK);
      }
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
      return false;
    }
    if (stop.isRequested()) {
      return false;
    }
    clock.advanceTo(moment);
    return true;
  }
}
