package dev.paceline.sandbox.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Counts the application's calls and reports when there are too many. Windows begin at :00, :15,
/// :30 and :45, and at midnight UTC, by the sandbox's clock.
///
/// Every counted call is a read, so the two kinds differ only in their limits.
final class RateLimits {
  private static final String LIMIT = "X-RateLimit-Limit";
  private static final String USAGE = "X-RateLimit-Usage";
  private static final String READ_LIMIT = "X-ReadRateLimit-Limit";
  private static final String READ_USAGE = "X-ReadRateLimit-Usage";
  private static final int QUARTER_SECONDS = 15 * 60;
  private static final int DAY_SECONDS = 24 * 60 * 60;

  private final Supplier<Instant> clock;
  private Limits limits;
  private long quarter;
  private long day;
  private int inQuarter;
  private int inDay;

  /// The clock is read under the lock, so that a late call cannot move a window back.
  RateLimits(Limits limits, Supplier<Instant> clock) {
    this.limits = limits;
    this.clock = clock;
  }

  synchronized void set(Limits newLimits) {
    limits = newLimits;
  }

  synchronized Limits limits() {
    return limits;
  }

  /// Counts one call, even a refused one. Returns whether it is within the limits.
  synchronized boolean count() {
    startWindows(clock.get());
    inQuarter++;
    inDay++;
    return within(limits.overall()) && within(limits.read());
  }

  synchronized void putHeaders(Context context) {
    startWindows(clock.get());
    String usage = inQuarter + "," + inDay;
    context.header(LIMIT, limits.overall().header());
    context.header(USAGE, usage);
    context.header(READ_LIMIT, limits.read().header());
    context.header(READ_USAGE, usage);
  }

  static void removeHeaders(Context context) {
    List.of(LIMIT, USAGE, READ_LIMIT, READ_USAGE).forEach(context::removeHeader);
  }

  private boolean within(Limits.Pair pair) {
    return inQuarter <= pair.quarter() && inDay <= pair.day();
  }

  private void startWindows(Instant now) {
    long nowQuarter = Math.floorDiv(now.getEpochSecond(), (long) QUARTER_SECONDS);
    long nowDay = Math.floorDiv(now.getEpochSecond(), (long) DAY_SECONDS);
    if (nowQuarter != quarter) {
      quarter = nowQuarter;
      inQuarter = 0;
    }
    if (nowDay != day) {
      day = nowDay;
      inDay = 0;
    }
  }
}
