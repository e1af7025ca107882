package dev.paceline.extract.http;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Lets time pass, and looks every second whether the run should end.
public final class Pause {

  private static final Duration STEP = Duration.ofSeconds(1);

  private final Sleeper sleeper;
  private final BooleanSupplier stopped;

  /// @param stopped whether the run was asked to end
  public Pause(Sleeper sleeper, BooleanSupplier stopped) {
    this.sleeper = sleeper;
    this.stopped = stopped;
  }

  /// Whether the run was asked to end.
  public boolean isStopRequested() {
    return stopped.getAsBoolean();
  }

  /// Answers whether all of it passed, and the run was not asked to end.
  public boolean take(Duration time) {
    try {
      for (Duration left = time; left.isPositive() && !isStopRequested(); left = left.minus(STEP)) {
        sleeper.sleep(left.compareTo(STEP) < 0 ? left : STEP);
      }
      return !isStopRequested();
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
