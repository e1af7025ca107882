package dev.paceline.sandbox.http;

import io.javalin.http.Context;
import java.time.Instant;

/// Which part of the activities is requested. `before` and `after` are epoch seconds, both
/// exclusive.
record ListingQuery(long before, long after, Page page) {
  static ListingQuery of(Context context, Instant now) {
    long before = Parameters.number(context, "before", Long.MAX_VALUE);
    long after = Parameters.number(context, "after", Long.MIN_VALUE);
    if (after > now.getEpochSecond()) {
      throw StravaException.badRequest("Application", "after", "future");
    }
    return new ListingQuery(before, after, Page.of(context));
  }
}
