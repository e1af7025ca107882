package dev.paceline.extract.sync;

import dev.paceline.cli.Progress;
import dev.paceline.cli.retry.Pause;
import dev.paceline.extract.http.ApiClock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides whether a run whose budget is spent waits for the next window, and waits.
public final class WaitPolicy implements Waiting {

  private static final Logger LOG = LoggerFactory.getLogger(WaitPolicy.class);

  /// How often the terminal's progress line is written again.
  private static final Duration STEP = Duration.ofSeconds(1);

  /// How often the log says that the run is still waiting, so that it does not look dead.
  private static final Duration BETWEEN_REMINDERS = Duration.ofMinutes(5);

  private final OnLimit onLimit;
  private final Pause pause;
  private final ApiClock clock;
  private final Progress progress;

  /// @param pause sleeps until the run is asked to stop
  public WaitPolicy(OnLimit onLimit, Pause pause, ApiClock clock, Progress progress) {
    this.onLimit = onLimit;
    this.pause = pause;
    this.clock = clock;
    this.progress = progress;
  }

  @Override
  public boolean shouldWait(Duration longest) {
    return onLimit.waitsOut(longest) && !pause.isStopRequested();
  }

  @Override
  public boolean waitUntil(Instant moment) {
    LOG.info("The call budget is spent; waiting until {}.", moment);
    Duration left = Duration.between(clock.now(), moment).plus(MARGIN);
    Duration sinceReminder = Duration.ZERO;
    while (left.isPositive()) {
      progress.show(() -> "the call budget is spent; waiting until " + moment);
      if (!progress.isShown() && sinceReminder.compareTo(BETWEEN_REMINDERS) >= 0) {
        LOG.info("Still waiting until {}.", moment);
        sinceReminder = Duration.ZERO;
      }
      Duration step = left.compareTo(STEP) < 0 ? left : STEP;
      if (!pause.sleep(step)) {
        return false;
      }
      left = left.minus(step);
      sinceReminder = sinceReminder.plus(step);
    }
    clock.advanceTo(moment);
    return true;
  }
}
