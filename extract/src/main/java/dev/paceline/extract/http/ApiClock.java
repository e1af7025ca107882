package dev.paceline.extract.http;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The source's time: the `Date` of its last response. Windows, token life and the default of `ds`
/// follow it. The host's clock is only used before the first response.
public final class ApiClock {

  private final Clock host;
  private @Nullable Instant last;

  public ApiClock(Clock host) {
    this.host = host;
  }

  /// The time of the last response, in whole seconds.
  public Instant now() {
    return last == null ? host.instant() : last;
  }

  void observe(Instant date) {
    last = date;
  }

  /// Sets the time after waiting until that moment.
  public void advanceTo(Instant moment) {
    last = moment;
  }
}
