package dev.paceline.sandbox.http;

import io.javalin.http.Context;
import java.time.Instant;

/// Which page of a listing is asked for. `before` and `after` are epoch seconds, both excluded.
record ListingQuery(long before, long after, long page, int perPage) {
  private static final int PER_PAGE = 30;
  private static final int MOST_PER_PAGE = 200;

  static ListingQuery of(Context context, Instant now) {
    long before = Parameters.number(context, "before", Long.MAX_VALUE);
    long after = Parameters.number(context, "after", Long.MIN_VALUE);
    long page = Parameters.number(context, "page", 1);
    long perPage = Parameters.number(context, "per_page", PER_PAGE);
    if (after > now.getEpochSecond()) {
      throw StravaFault.badRequest("Application", "after", "future");
    }
    if (perPage > MOST_PER_PAGE) {
      throw StravaFault.badRequest("Application", "per page", "limit exceeded");
    }
    if (perPage < 1) {
      throw StravaFault.badRequest("Application", "per_page", "invalid");
    }
    if (page < 1) {
      throw StravaFault.badRequest("Application", "page", "invalid");
    }
    return new ListingQuery(before, after, page, (int) perPage);
  }
}
