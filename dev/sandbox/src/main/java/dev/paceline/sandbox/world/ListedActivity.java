package dev.paceline.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// One activity in a listing: its bytes, and the few fields needed to list it.
public final class ListedActivity {
  /// The order of a listing.
  static final Comparator<ListedActivity> NEWEST_FIRST =
      Comparator.comparingLong(ListedActivity::startSecond)
          .thenComparingLong(ListedActivity::id)
          .reversed();

  private final long id;
  private final long athlete;
  private final long startSecond;
  private final long shownSecond;
  private final @Nullable String gear;
  private final double metres;
  private final byte[] json;

  /// `shownSecond` is when the activity appears; `json` is kept, not copied.
  public ListedActivity(
      long id,
      long athlete,
      long startSecond,
      long shownSecond,
      @Nullable String gear,
      double metres,
      byte[] json) {
    this.id = id;
    this.athlete = athlete;
    this.startSecond = startSecond;
    this.shownSecond = shownSecond;
    this.gear = gear;
    this.metres = metres;
    this.json = json;
  }

  /// Reads the fields it needs from a record. Throws [IllegalArgumentException] with a sentence if
  /// the record is not a valid activity.
  public static ListedActivity of(ObjectNode record, @Nullable Long shownSecond, byte[] json) {
    JsonNode id = record.path("id");
    JsonNode athlete = record.path("athlete").path("id");
    if (!id.isIntegralNumber() || !athlete.isIntegralNumber()) {
      throw new IllegalArgumentException("An activity needs whole numbers as id and athlete.id.");
    }
    long start = start(record).getEpochSecond();
    JsonNode gear = record.path("gear_id");
    return new ListedActivity(
        id.longValue(),
        athlete.longValue(),
        start,
        shownSecond == null
            ? start + Math.max(0, record.path("elapsed_time").longValue())
            : shownSecond,
        gear.isTextual() ? gear.textValue() : null,
        record.path("distance").doubleValue(),
        json);
  }

  static Instant start(ObjectNode record) {
    String text = record.path("start_date").asText();
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "start_date must be an instant such as 2026-10-31T05:00:00Z, not \"" + text + "\".", e);
    }
  }

  public long id() {
    return id;
  }

  public long athlete() {
    return athlete;
  }

  public long startSecond() {
    return startSecond;
  }

  public long shownSecond() {
    return shownSecond;
  }

  public @Nullable String gear() {
    return gear;
  }

  public double metres() {
    return metres;
  }

  /// The record, parsed on each call.
  public ObjectNode record() {
    return Json.object(json);
  }

  /// The record's bytes; must not be modified.
  public byte[] json() {
    return json;
  }
}
