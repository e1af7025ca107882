package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import java.time.Instant;
import java.util.List;

/// The comments on an activity, oldest first, as many as its summary counts.
public final class Comments {
  private static final List<String> TEXTS =
      List.of("Strong!", "Was that hail?", "👏👏", "See you on Sunday.", "Nice \"easy\" pace");
  private static final int SECONDS_BETWEEN = 11;

  private Comments() {}

  public static int count(ObjectNode summary) {
    return summary.path("comment_count").intValue();
  }

  /// Each comment has a `cursor` after which the next page begins.
  public static ObjectNode nth(ObjectNode summary, int n) {
    long activity = summary.path("id").longValue();
    SeededRandom random = SeededRandom.of(activity, n, 'c');
    Instant written =
        Instant.parse(summary.path("start_date").asText())
            .plusSeconds(summary.path("elapsed_time").longValue() + (n + 1L) * SECONDS_BETWEEN);
    ObjectNode comment = Json.object();
    comment
        .put("id", activity / 10 + n)
        .put("activity_id", activity)
        .putNull("post_id")
        .put("resource_state", 2)
        .put("text", random.pick(TEXTS))
        .putNull("mentions_metadata")
        .put("created_at", SummaryActivity.utc(written));
    comment.set("athlete", Friends.friend(random));
    comment.put("cursor", written.getEpochSecond() + "~" + n);
    return comment.put("reaction_count", 0).put("has_reacted", false);
  }

  /// The number of the comment after the one with this cursor; throws [IllegalArgumentException] if
  /// it is not a cursor.
  public static int after(String cursor) {
    return Integer.parseInt(cursor.substring(cursor.indexOf('~') + 1)) + 1;
  }
}
