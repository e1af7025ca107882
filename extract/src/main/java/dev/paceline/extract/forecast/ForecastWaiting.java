package dev.paceline.extract.forecast;

import dev.paceline.extract.http.ApiClock;
import dev.paceline.extract.http.SimulatedSource;
import dev.paceline.extract.sync.OnLimit;
import dev.paceline.extract.sync.Waiting;
import java.time.Duration;
import java.time.Instant;

/// Waits by setting the clock.
final class ForecastWaiting implements Waiting {

  private final OnLimit onLimit;
  private final SimulatedSource source;
  private final ApiClock clock;

  ForecastWaiting(OnLimit onLimit, SimulatedSource source, ApiClock clock) {
    this.onLimit = onLimit;
    this.source = source;
    this.clock = clock;
  }

  @Override
  public boolean shouldWait(Duration longest) {
    return onLimit.waitsOut(longest);
  }

  @Override
  public boolean waitUntil(Instant moment) {
    source.advanceTo(moment.plus(MARGIN));
    clock.advanceTo(moment);
    return true;
  }
}
