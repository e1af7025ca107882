package dev.paceline.sandbox.life;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Streams;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// What a device wrote down each second, grown out of the summary: it ends at its distance,
/// averages to its averages and goes the way that its line shows. What the summary lacks is not
/// there.
final class StreamRecorder {
  /// Nobody's battery lasts longer, and no edit may ask for gigabytes.
  private static final int MOST_POINTS = 200_000;

  private static final int PAUSES = 3;
  private static final int POINTS_BETWEEN_BLANKS = 50;

  private final ObjectNode summary;
  private final long seed;
  private final int size;
  private final double secondsAPoint;
  private final double metres;
  private final SequencedMap<String, Streams.Column> columns = new LinkedHashMap<>();

  private StreamRecorder(ObjectNode summary, int size) {
    this.summary = summary;
    this.seed =
        Dice.mix(summary.path("athlete").path("id").longValue(), summary.path("id").longValue());
    this.size = size;
    this.secondsAPoint =
        Math.max(1.0, size == 0 ? 1 : summary.path("moving_time").doubleValue() / size);
    this.metres = summary.path("distance").doubleValue();
  }

  /// One point a second of the moving time, unless so many are given. Nothing where the activity
  /// was typed in.
  static Optional<Streams> of(ObjectNode summary, OptionalInt points, boolean nulls) {
    if (summary.path("manual").booleanValue()) {
      return Optional.empty();
    }
    int size = points.orElse(summary.path("moving_time").intValue());
    return Optional.of(
        new StreamRecorder(summary, Math.clamp(size, 0, MOST_POINTS)).recorded(nulls));
  }

  private Streams recorded(boolean nulls) {
    double[] way = metres > 0 ? distances() : new double[0];
    double[] height = altitudes(way);
    boolean moves = way.length > 0;
    boolean climbs = height.length > 0;
    times();
    if (moves) {
      decimals("distance", way, 1);
    }
    if (moves) {
      latlng(way);
    }
    if (climbs) {
      decimals("altitude", height, 1);
    }
    if (moves) {
      decimals("velocity_smooth", speeds(way), 3);
    }
    measure("heartrate", "average_heartrate", "max_heartrate", 0.12);
    measure("cadence", "average_cadence", "", 0.06);
    if (summary.path("device_watts").booleanValue()) {
      measure("watts", "average_watts", "max_watts", 0.5);
    }
    measure("temp", "average_temp", "", 0.05);
    if (climbs && moves) {
      decimals("grade_smooth", grades(way, height), 1);
    }
    BitSet blanks = new BitSet(size);
    if (nulls) {
      IntStream.iterate(1, point -> point < size, point -> point + POINTS_BETWEEN_BLANKS)
          .forEach(blanks::set);
    }
    SequencedMap<String, Streams.Column> ordered = new LinkedHashMap<>();
    for (String key : Streams.KEYS) {
      Streams.Column column = columns.get(key);
      if (column != null) {
        ordered.put(key, column);
      }
    }
    return new Streams(size, ordered, blanks);
  }

  /// Seconds since the start, with the pauses in them. The first point after one does not move.
  private void times() {
    int paused =
        Math.max(
            0, summary.path("elapsed_time").intValue() - summary.path("moving_time").intValue());
    int[] seconds = new int[size];
    BitSet resting = new BitSet(size);
    for (int i = 0; i < size; i++) {
      int pausesBefore = (int) ((long) i * (PAUSES + 1) / size);
      seconds[i] = (int) (i * secondsAPoint) + (int) ((long) paused * pausesBefore / PAUSES);
      if (i > 0 && seconds[i] - seconds[i - 1] > secondsAPoint + 1) {
        resting.set(i);
      }
    }
    columns.put("time", (json, point) -> json.writeNumber(seconds[point]));
    columns.put("moving", (json, point) -> json.writeBoolean(!resting.get(point)));
  }

  /// Metres since the start: now faster, now slower, and at the end the summary's.
  private double[] distances() {
    Noise slow = new Noise(Dice.mix(seed, 'v'), 240);
    Noise fast = new Noise(Dice.mix(seed, 'w'), 17);
    double[] way = new double[size];
    double gone = 0;
    for (int i = 1; i < size; i++) {
      gone += 1 + 0.16 * slow.at(i) + 0.08 * fast.at(i);
      way[i] = gone;
    }
    for (int i = 0; i < size; i++) {
      way[i] = gone == 0 ? metres : way[i] * metres / gone;
    }
    return way;
  }

  private double[] speeds(double[] way) {
    double[] speeds = new double[size];
    for (int i = 1; i < size; i++) {
      speeds[i] = (way[i] - way[i - 1]) / secondsAPoint;
    }
    return speeds;
  }

  /// Waves between the lowest and the highest point, as many as make up the climb.
  private double[] altitudes(double[] way) {
    JsonNode low = summary.path("elev_low");
    JsonNode high = summary.path("elev_high");
    if (!low.isNumber() || !high.isNumber() || way.length == 0) {
      return new double[0];
    }
    double span = high.doubleValue() - low.doubleValue();
    double climb = summary.path("total_elevation_gain").doubleValue();
    double waves = span <= 0 ? 1 : Math.clamp(Math.rint(climb / span), 1, 200);
    double[] height = new double[size];
    for (int i = 0; i < size; i++) {
      double turn = 2 * StrictMath.PI * waves * way[i] / metres;
      height[i] = low.doubleValue() + span * (1 - StrictMath.cos(turn)) / 2;
    }
    return height;
  }

  private double[] grades(double[] way, double[] height) {
    double[] grades = new double[size];
    for (int i = 0; i < size; i++) {
      int from = Math.max(0, i - 5);
      int to = Math.min(size - 1, i + 5);
      double ahead = way[to] - way[from];
      grades[i] =
          ahead < 0.1 ? 0 : Math.clamp((height[to] - height[from]) / ahead * 100, -45.0, 45.0);
    }
    return grades;
  }

  /// A measure that swings about the summary's average by that share of it, and once touches the
  /// summary's highest.
  private void measure(String key, String averageField, String highestField, double swing) {
    JsonNode average = summary.path(averageField);
    if (!average.isNumber()) {
      return;
    }
    double middle = average.doubleValue();
    double highest = summary.path(highestField).asDouble(Double.MAX_VALUE);
    Noise slow = new Noise(Dice.mix(seed, key.hashCode()), 180);
    Noise fast = new Noise(Dice.mix(seed, key.hashCode(), 'f'), 11);
    double[] swung = new double[size];
    double sum = 0;
    int peak = 0;
    for (int i = 0; i < size; i++) {
      swung[i] = slow.at(i) * 0.7 + fast.at(i) * 0.3;
      sum += swung[i];
      peak = swung[i] > swung[peak] ? i : peak;
    }
    double offset = size == 0 ? 0 : sum / size;
    int[] values = new int[size];
    for (int i = 0; i < size; i++) {
      double value = middle + middle * swing * (swung[i] - offset);
      values[i] = (int) Math.rint(Math.min(highest, value));
    }
    if (size > 0 && highest != Double.MAX_VALUE) {
      values[peak] = (int) Math.rint(highest);
    }
    columns.put(key, (json, point) -> json.writeNumber(values[point]));
  }

  /// The points of the line, by the share of the way gone.
  private void latlng(double[] way) {
    JsonNode line = summary.path("map").path("summary_polyline");
    if (summary.path("start_latlng").size() != 2 || line.asText().isEmpty()) {
      return;
    }
    List<Polyline.Point> points = Polyline.decode(line.asText());
    columns.put(
        "latlng",
        (json, point) -> {
          double position = way[point] / metres * (points.size() - 1);
          int before = Math.min((int) position, Math.max(0, points.size() - 2));
          Polyline.Point from = points.get(before);
          Polyline.Point to = points.get(Math.min(before + 1, points.size() - 1));
          double share = position - before;
          json.writeStartArray();
          json.writeNumber(micro(from.latitude() + (to.latitude() - from.latitude()) * share));
          json.writeNumber(micro(from.longitude() + (to.longitude() - from.longitude()) * share));
          json.writeEndArray();
        });
  }

  private void decimals(String key, double[] values, int decimals) {
    columns.put(
        key, (json, point) -> json.writeNumber(SummaryActivity.rounded(values[point], decimals)));
  }

  private static double micro(double degrees) {
    return Math.rint(degrees * 1e6) / 1e6;
  }
}
