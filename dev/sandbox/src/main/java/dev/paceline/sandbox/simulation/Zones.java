package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;

/// Strava's Zones of an athlete: for heart rate, and for power if there is a power meter. −1 means
/// no upper limit.
final class Zones {
  private static final double[] SHARES_OF_MAX_HEARTRATE = {0.6, 0.7, 0.8, 0.9};
  private static final double[] SHARES_OF_FTP = {0.55, 0.75, 0.9, 1.05, 1.2, 1.5};

  private Zones() {}

  /// `detailed` has the FTP that the power zones are based on, which a test may have changed.
  static ObjectNode of(Athlete athlete, ObjectNode detailed) {
    ObjectNode zones = Json.object();
    ObjectNode heartRate = zones.putObject("heart_rate");
    heartRate.put("custom_zones", athlete.index() % 2 == 1);
    add(heartRate.putArray("zones"), SHARES_OF_MAX_HEARTRATE, athlete.maxHeartrate(), 0);
    if (athlete.hasPowerMeter() && detailed.path("ftp").isNumber()) {
      double ftp = detailed.path("ftp").doubleValue();
      add(zones.putObject("power").putArray("zones"), SHARES_OF_FTP, ftp, 1);
    }
    return zones;
  }

  /// Each zone begins `gap` after the end of the previous one.
  private static void add(ArrayNode zones, double[] shares, double of, int gap) {
    int from = 0;
    for (double share : shares) {
      int until = (int) (of * share);
      zones.addObject().put("min", from).put("max", until);
      from = until + gap;
    }
    zones.addObject().put("min", from).put("max", -1);
  }
}
