package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.Streams;
import java.util.OptionalInt;

/// Streams of a made-up ride with everything a device can measure: for benchmarks, where only their
/// number and length matter.
public final class SampleStreams {
  private static final double METRES_PER_SECOND = 7.5;

  private SampleStreams() {}

  public static Streams of(int number, int points) {
    double metres = points * METRES_PER_SECOND;
    ObjectNode ride = Json.object().put("id", number).put("distance", metres);
    ride.put("moving_time", points).put("elapsed_time", points + 300);
    ride.put("total_elevation_gain", metres / 100).put("elev_low", 40).put("elev_high", 160);
    ride.put("average_heartrate", 141.5).put("max_heartrate", 177).put("average_cadence", 84);
    ride.put("average_watts", 201).put("max_watts", 640).put("device_watts", true);
    ride.put("average_temp", 19);
    City city = City.numbered(number);
    ride.putArray("start_latlng").add(city.latitude).add(city.longitude);
    ride.putObject("map")
        .put(
            "summary_polyline",
            Polyline.encode(Course.through(city, metres, SeededRandom.of(number, 'b'))));
    return StreamRecorder.of(ride, OptionalInt.of(points), false).orElseThrow();
  }
}
