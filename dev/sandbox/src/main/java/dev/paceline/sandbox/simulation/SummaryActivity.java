package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.paceline.sandbox.simulation.Activity.Setting;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.ListedActivity;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Strava's SummaryActivity: every documented field, absent where Strava omits it.
final class SummaryActivity {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");

  private final Activity activity;
  private final JsonGenerator json;

  private SummaryActivity(Activity activity, JsonGenerator json) {
    this.activity = activity;
    this.json = json;
  }

  static ListedActivity of(Activity activity) {
    byte[] bytes = Json.write(json -> new SummaryActivity(activity, json).write());
    return new ListedActivity(
        activity.id(),
        activity.athlete().id(),
        activity.startSecond(),
        activity.shownSecond(),
        activity.gearId(),
        activity.distance(),
        bytes);
  }

  private void write() throws IOException {
    json.writeStartObject();
    json.writeNumberField("resource_state", 2);
    json.writeObjectFieldStart("athlete");
    json.writeNumberField("id", activity.athlete().id());
    json.writeNumberField("resource_state", 1);
    json.writeEndObject();
    writeEffort();
    writeTimeAndPlace();
    writeCounters();
    writeMap();
    writeFlags();
    writeMeasures();
    writeUpload();
    json.writeEndObject();
  }

  private void writeEffort() throws IOException {
    Sport sport = activity.plan().sport();
    json.writeStringField("name", activity.name());
    number("distance", activity.distance(), 1);
    json.writeNumberField("moving_time", activity.moving());
    json.writeNumberField("elapsed_time", activity.elapsed());
    number("total_elevation_gain", activity.climb(), 1);
    json.writeStringField("type", sport.type);
    json.writeStringField("sport_type", sport.sportType);
    if (sport == Sport.RUN || sport == Sport.RIDE) {
      writeWorkoutType(sport);
    }
    json.writeNumberField("id", activity.id());
  }

  /// 0 to 3 for runs, 10 to 12 for rides; many devices send null.
  private void writeWorkoutType(Sport sport) throws IOException {
    int ride = sport == Sport.RIDE ? 10 : 0;
    switch (activity.plan().intent()) {
      case EASY, COMMUTE -> {
        if (activity.id() % 3 == 0) {
          json.writeNullField("workout_type");
        } else {
          json.writeNumberField("workout_type", ride);
        }
      }
      case RACE -> json.writeNumberField("workout_type", ride + 1);
      case LONG -> json.writeNumberField("workout_type", ride == 0 ? 2 : 10);
      case WORKOUT -> json.writeNumberField("workout_type", ride == 0 ? 3 : 12);
    }
  }

  private void writeTimeAndPlace() throws IOException {
    City city = activity.plan().city();
    ZonedDateTime start = activity.plan().start();
    json.writeStringField("start_date", utc(start.toInstant()));
    json.writeStringField("start_date_local", local(start.toLocalDateTime()));
    json.writeStringField("timezone", timezone(city.zone, start.toInstant()));
    json.writeNumberField("utc_offset", (double) start.getOffset().getTotalSeconds());
    json.writeNullField("location_city");
    json.writeNullField("location_state");
    json.writeStringField("location_country", city.country);
  }

  private void writeCounters() throws IOException {
    Activity.Counters counters = activity.counters();
    json.writeNumberField("achievement_count", counters.achievements());
    json.writeNumberField("kudos_count", counters.kudos());
    json.writeNumberField("comment_count", counters.comments());
    json.writeNumberField("athlete_count", counters.athletes());
    json.writeNumberField("photo_count", 0);
    json.writeNumberField("total_photo_count", counters.photos());
    json.writeNumberField("pr_count", counters.records());
    json.writeBooleanField("has_kudoed", false);
  }

  /// An indoor activity has an empty line; one entered by hand has none at all.
  private void writeMap() throws IOException {
    json.writeObjectFieldStart("map");
    json.writeStringField("id", "a" + activity.id());
    if (activity.setting() != Setting.MANUAL) {
      json.writeStringField("summary_polyline", Polyline.encode(activity.track()));
    }
    json.writeNumberField("resource_state", 2);
    json.writeEndObject();
    writePoint("start_latlng", activity.track().isEmpty() ? null : activity.track().getFirst());
    writePoint("end_latlng", activity.track().isEmpty() ? null : activity.track().getLast());
  }

  private void writeFlags() throws IOException {
    boolean indoorMachine =
        activity.setting() == Setting.INDOORS && !activity.plan().sport().isAlwaysIndoors();
    json.writeBooleanField("trainer", indoorMachine);
    json.writeBooleanField("commute", activity.plan().intent() == Intent.COMMUTE);
    json.writeBooleanField("manual", activity.setting() == Setting.MANUAL);
    json.writeBooleanField("private", false);
    json.writeStringField(
        "visibility", activity.athlete().index() % 2 == 0 ? "everyone" : "followers_only");
    json.writeBooleanField("flagged", false);
    json.writeBooleanField("hide_from_home", activity.plan().intent() == Intent.COMMUTE);
    json.writeStringField("gear_id", activity.gearId());
    json.writeBooleanField("from_accepted_tag", false);
  }

  private void writeMeasures() throws IOException {
    number("average_speed", activity.averageSpeed(), 3);
    number("max_speed", activity.topSpeed(), 3);
    if (activity.cadence() != null) {
      number("average_cadence", activity.cadence(), 1);
    }
    if (activity.temperature() != null) {
      json.writeNumberField("average_temp", activity.temperature());
    }
    writePower(activity.power());
    Activity.HeartRate heartRate = activity.heartRate();
    json.writeBooleanField("has_heartrate", heartRate != null);
    if (heartRate != null) {
      number("average_heartrate", heartRate.average(), 1);
      number("max_heartrate", heartRate.max(), 0);
      number("suffer_score", heartRate.sufferScore(), 0);
    }
    json.writeBooleanField("heartrate_opt_out", false);
    json.writeBooleanField("display_hide_heartrate_option", heartRate != null);
    Activity.Elevation elevation = activity.elevation();
    if (elevation != null) {
      number("elev_high", elevation.high(), 1);
      number("elev_low", elevation.low(), 1);
    }
  }

  private void writePower(Activity.@Nullable Power power) throws IOException {
    if (power == null) {
      return;
    }
    number("average_watts", power.average(), 1);
    if (power.measured()) {
      json.writeNumberField("max_watts", power.max());
      json.writeNumberField("weighted_average_watts", (int) power.weighted());
    }
    json.writeBooleanField("device_watts", power.measured());
    number("kilojoules", power.kilojoules(), 1);
  }

  private void writeUpload() throws IOException {
    Device device = activity.device();
    if (device == null) {
      json.writeNullField("upload_id");
      json.writeNullField("external_id");
      return;
    }
    long upload = activity.id() + activity.id() / 15;
    json.writeStringField("device_name", device.label);
    json.writeNumberField("upload_id", upload);
    json.writeStringField("upload_id_str", Long.toString(upload));
    json.writeStringField(
        "external_id",
        device.externalId(Math.floorMod(SeededRandom.mix(activity.id()), 400_000_000_000L)));
  }

  private void writePoint(String field, Polyline.@Nullable Point point) throws IOException {
    json.writeArrayFieldStart(field);
    if (point != null) {
      json.writeNumber(rounded(point.latitude(), 5));
      json.writeNumber(rounded(point.longitude(), 5));
    }
    json.writeEndArray();
  }

  /// As with Strava, a whole number is sometimes `100` and sometimes `100.0`.
  private void number(String field, double value, int decimals) throws IOException {
    double rounded = rounded(value, decimals);
    if (rounded == StrictMath.rint(rounded) && (activity.id() / 64) % 2 == 0) {
      json.writeNumberField(field, (long) rounded);
    } else {
      json.writeNumberField(field, rounded);
    }
  }

  static double rounded(double value, int decimals) {
    double scale = decimals == 0 ? 1 : decimals == 1 ? 10 : decimals == 3 ? 1000 : 100_000;
    return Math.rint(value * scale) / scale;
  }

  static String utc(Instant instant) {
    return SECONDS.format(instant.atZone(ZoneOffset.UTC));
  }

  /// Local time with a `Z`, although it is not UTC.
  static String local(LocalDateTime time) {
    return SECONDS.format(time);
  }

  /// `(GMT+01:00) Europe/Paris`: the standard offset, all year.
  static String timezone(ZoneId zone, Instant at) {
    int seconds = zone.getRules().getStandardOffset(at).getTotalSeconds();
    int minutes = Math.abs(seconds) / 60;
    return String.format(
        Locale.ROOT,
        "(GMT%s%02d:%02d) %s",
        seconds < 0 ? "-" : "+",
        minutes / 60,
        minutes % 60,
        zone.getId());
  }
}
