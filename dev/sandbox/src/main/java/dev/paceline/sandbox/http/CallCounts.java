package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import java.util.Map;
import java.util.TreeMap;

/// Counts calls by endpoint and response status, for tests of how few calls a client makes.
final class CallCounts {
  private final Map<String, Map<Integer, Integer>> counts = new TreeMap<>();

  synchronized void count(String endpoint, int status) {
    counts.computeIfAbsent(endpoint, missing -> new TreeMap<>()).merge(status, 1, Integer::sum);
  }

  synchronized void clear() {
    counts.clear();
  }

  /// `{"/athlete/activities":{"200":6,"429":1},…}`
  synchronized ObjectNode json() {
    ObjectNode json = Json.object();
    counts.forEach((endpoint, byStatus) -> {
      ObjectNode statuses = json.putObject(endpoint);
      byStatus.forEach((status, count) -> statuses.put(Integer.toString(status), count));
    });
    return json;
  }
}
