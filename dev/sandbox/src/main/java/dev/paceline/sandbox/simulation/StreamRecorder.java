package dev.paceline.sandbox.simulation;

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

/// The streams a device recorded, derived from the summary: they end at its distance, average to
/// its averages and follow the line on its map. A measure missing from the summary has no stream.
final class StreamRecorder {
  /// No battery lasts longer than this, and no edit can ask for gigabytes.
  private static final int MAX_POINTS = 200_000;

  private static final int PAUSES = 3;
  private static final int POINTS_BETWEEN_BLANKS = 50;

  private final ObjectNode summary;
  private final long seed;
  private final int size;
  private final double secondsPerPoint;
  private final double metres;
  private final SequencedMap<String, Streams.Column> columns = new LinkedHashMap<>();

  private StreamRecorder(ObjectNode summary, int size) {
    this.summary = summary;
    this.seed =
        SeededRandom.mix(
            summary.path("athlete").path("id").longValue(), summary.path("id").longValue());
    this.size = size;
    this.secondsPerPoint =
        Math.max(1.0, size == 0 ? 1 : summary.path("moving_time").doubleValue() / size);
    this.metres = summary.path("distance").doubleValue();
  }

  /// One point per second of moving time, unless a number of points is given. Empty if the activity
  /// was entered by hand.
  static Optional<Streams> of(ObjectNode summary, OptionalInt points, boolean nulls) {
    if (summary.path("manual").booleanValue()) {
      return Optional.empty();
    }
    int size = points.orElse(summary.path("moving_time").intValue());
    return Optional.of(new StreamRecorder(summary, Math.clamp(size, 0, MAX_POINTS)).record(nulls));
  }

  private Streams record(boolean nulls) {
    double[] distances = metres > 0 ? distances() : new double[0];
    double[] altitudes = altitudes(distances);
    boolean moves = distances.length > 0;
    boolean climbs = altitudes.length > 0;
    times();
    if (moves) {
      decimals("distance", distances, 1);
    }
    if (moves) {
      latlng(distances);
    }
    if (climbs) {
      decimals("altitude", altitudes, 1);
    }
    if (moves) {
      decimals("velocity_smooth", speeds(distances), 3);
    }
    measure("heartrate", "average_heartrate", "max_heartrate", 0.12);
    measure("cadence", "average_cadence", "", 0.06);
    if (summary.path("device_watts").booleanValue()) {
      measure("watts", "average_watts", "max_watts", 0.5);
    }
    measure("temp", "average_temp", "", 0.05);
    if (climbs && moves) {
      decimals("grade_smooth", grades(distances, altitudes), 1);
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

  /// Seconds since the start, including pauses. The first point after a pause is not moving.
  private void times() {
    int paused =
        Math.max(
            0, summary.path("elapsed_time").intValue() - summary.path("moving_time").intValue());
    int[] seconds = new int[size];
    BitSet resting = new BitSet(size);
    for (int i = 0; i < size; i++) {
      int pausesBefore = (int) ((long) i * (PAUSES + 1) / size);
      seconds[i] = (int) (i * secondsPerPoint) + (int) ((long) paused * pausesBefore / PAUSES);
      if (i > 0 && seconds[i] - seconds[i - 1] > secondsPerPoint + 1) {
        resting.set(i);
      }
    }
    columns.put("time", (json, point) -> json.writeNumber(seconds[point]));
    columns.put("moving", (json, point) -> json.writeBoolean(!resting.get(point)));
  }

  /// Metres since the start, at varying speed, ending at the summary's distance.
  private double[] distances() {
    Noise slow = new Noise(SeededRandom.mix(seed, 'v'), 240);
    Noise fast = new Noise(SeededRandom.mix(seed, 'w'), 17);
    double[] distances = new double[size];
    double total = 0;
    for (int i = 1; i < size; i++) {
      total += 1 + 0.16 * slow.at(i) + 0.08 * fast.at(i);
      distances[i] = total;
    }
    for (int i = 0; i < size; i++) {
      distances[i] = total == 0 ? metres : distances[i] * metres / total;
    }
    return distances;
  }

  private double[] speeds(double[] distances) {
    double[] speeds = new double[size];
    for (int i = 1; i < size; i++) {
      speeds[i] = (distances[i] - distances[i - 1]) / secondsPerPoint;
    }
    return speeds;
  }

  /// Waves between the lowest and the highest point, as many as add up to the climb.
  private double[] altitudes(double[] distances) {
    JsonNode low = summary.path("elev_low");
    JsonNode high = summary.path("elev_high");
    if (!low.isNumber() || !high.isNumber() || distances.length == 0) {
      return new double[0];
    }
    double span = high.doubleValue() - low.doubleValue();
    double climb = summary.path("total_elevation_gain").doubleValue();
    double waves = span <= 0 ? 1 : Math.clamp(Math.rint(climb / span), 1, 200);
    double[] altitudes = new double[size];
    for (int i = 0; i < size; i++) {
      double angle = 2 * StrictMath.PI * waves * distances[i] / metres;
      altitudes[i] = low.doubleValue() + span * (1 - StrictMath.cos(angle)) / 2;
    }
    return altitudes;
  }

  private double[] grades(double[] distances, double[] altitudes) {
    double[] grades = new double[size];
    for (int i = 0; i < size; i++) {
      int from = Math.max(0, i - 5);
      int to = Math.min(size - 1, i + 5);
      double run = distances[to] - distances[from];
      grades[i] =
          run < 0.1 ? 0 : Math.clamp((altitudes[to] - altitudes[from]) / run * 100, -45.0, 45.0);
    }
    return grades;
  }

  /// A measure that varies around the summary's average by the share `swing` and reaches the
  /// summary's maximum once.
  private void measure(String key, String averageField, String maxField, double swing) {
    JsonNode average = summary.path(averageField);
    if (!average.isNumber()) {
      return;
    }
    double mean = average.doubleValue();
    double max = summary.path(maxField).asDouble(Double.MAX_VALUE);
    Noise slow = new Noise(SeededRandom.mix(seed, key.hashCode()), 180);
    Noise fast = new Noise(SeededRandom.mix(seed, key.hashCode(), 'f'), 11);
    double[] variation = new double[size];
    double sum = 0;
    int peak = 0;
    for (int i = 0; i < size; i++) {
      variation[i] = slow.at(i) * 0.7 + fast.at(i) * 0.3;
      sum += variation[i];
      peak = variation[i] > variation[peak] ? i : peak;
    }
    double offset = size == 0 ? 0 : sum / size;
    int[] values = new int[size];
    for (int i = 0; i < size; i++) {
      double value = mean + mean * swing * (variation[i] - offset);
      values[i] = (int) Math.rint(Math.min(max, value));
    }
    if (size > 0 && max != Double.MAX_VALUE) {
      values[peak] = (int) Math.rint(max);
    }
    columns.put(key, (json, point) -> json.writeNumber(values[point]));
  }

  /// The points on the line, by the share of the distance covered.
  private void latlng(double[] distances) {
    JsonNode line = summary.path("map").path("summary_polyline");
    if (summary.path("start_latlng").size() != 2 || line.asText().isEmpty()) {
      return;
    }
    List<Polyline.Point> points = Polyline.decode(line.asText());
    columns.put(
        "latlng",
        (json, point) -> {
          double position = distances[point] / metres * (points.size() - 1);
          int before = Math.min((int) position, Math.max(0, points.size() - 2));
          Polyline.Point from = points.get(before);
          Polyline.Point to = points.get(Math.min(before + 1, points.size() - 1));
          Polyline.Point at = from.towards(to, position - before);
          json.writeStartArray();
          json.writeNumber(microdegrees(at.latitude()));
          json.writeNumber(microdegrees(at.longitude()));
          json.writeEndArray();
        });
  }

  private void decimals(String key, double[] values, int decimals) {
    columns.put(
        key, (json, point) -> json.writeNumber(SummaryActivity.rounded(values[point], decimals)));
  }

  private static double microdegrees(double degrees) {
    return Math.rint(degrees * 1e6) / 1e6;
  }
}
