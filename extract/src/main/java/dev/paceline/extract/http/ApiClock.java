package dev.paceline.extract.http;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The source's time: the `Date` of its last answer. Windows, token life and the default of `ds`
/// follow it, never the host's clock, which is only asked before the first answer.
public final class ApiClock {

  private final Clock host;
  private @Nullable Instant last;

  public ApiClock(Clock host) {
    this.host = host;
  }

  /// The time of the last answer, in whole seconds.
  public Instant now() {
    return last == null ? host.instant() : last;
  }

  void observe(Instant date) {
    last = date;
  }

  /// It was waited until then.
  public void advanceTo(Instant moment) {
    last = moment;
  }
}
