package dev.paceline.sandbox.http;

import dev.paceline.sandbox.world.SandboxClock;
import io.javalin.http.Context;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The `Date` header of every response: the sandbox's clock, or that clock off by some seconds for
/// a test of a server whose clock is wrong.
final class DateHeader {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final SandboxClock clock;
  private volatile long skewSeconds;

  DateHeader(SandboxClock clock) {
    this.clock = clock;
  }

  void put(Context context) {
    context.header("Date", HTTP_DATE.format(clock.now().plusSeconds(skewSeconds)));
  }

  long skew() {
    return skewSeconds;
  }

  void setSkew(long seconds) {
    skewSeconds = seconds;
  }
}
