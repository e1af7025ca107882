package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// The kudos of an activity, as many as its summary counts: Strava's SummaryAthletes.
public final class Kudos {
  private Kudos() {}

  public static int count(ObjectNode summary) {
    return summary.path("kudos_count").intValue();
  }

  public static ObjectNode nth(ObjectNode summary, int n) {
    return Friends.friend(SeededRandom.of(summary.path("id").longValue(), n, 'k'));
  }
}
