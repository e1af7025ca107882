package dev.paceline.cli.retry;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Sleeps, and checks every second whether the run should stop.
public final class Pause {

  private static final Duration STEP = Duration.ofSeconds(1);

  private final Sleeper sleeper;
  private final BooleanSupplier stopped;

  /// Sleeps in a run that cannot be asked to stop.
  public Pause(Sleeper sleeper) {
    this(sleeper, () -> false);
  }

  /// @param stopped whether the run was asked to stop
  public Pause(Sleeper sleeper, BooleanSupplier stopped) {
    this.sleeper = sleeper;
    this.stopped = stopped;
  }

  /// Whether the run was asked to stop.
  public boolean isStopRequested() {
    return stopped.getAsBoolean();
  }

  /// Returns whether the whole time passed without a request to stop.
  public boolean sleep(Duration time) {
    try {
      for (Duration left = time; left.isPositive() && !isStopRequested(); left = left.minus(STEP)) {
        sleeper.sleep(left.compareTo(STEP) < 0 ? left : STEP);
      }
      return !isStopRequested();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
