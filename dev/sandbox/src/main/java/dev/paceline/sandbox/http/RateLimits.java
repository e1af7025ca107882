package dev.paceline.sandbox.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Counts the application's calls, and says when there are too many. Windows begin at :00 :15 :30
/// :45 and at midnight UTC of the sandbox's clock.
///
/// Every call here reads, so the two kinds differ in their limits only.
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

  /// The clock is asked under the lock: a call that is late must not turn a window back.
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

  /// Counts one call, also one that is refused. Answers whether it is within the limits.
  synchronized boolean count() {
    turn(clock.get());
    inQuarter++;
    inDay++;
    return within(limits.overall()) && within(limits.read());
  }

  synchronized void putHeaders(Context context) {
    turn(clock.get());
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

  private void turn(Instant now) {
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
