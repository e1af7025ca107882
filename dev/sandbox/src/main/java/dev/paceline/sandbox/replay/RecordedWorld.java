package dev.paceline.sandbox.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.simulation.GearRecord;
import dev.paceline.sandbox.simulation.SimulatedWorld;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.ListedActivity;
import dev.paceline.sandbox.world.Streams;
import dev.paceline.sandbox.world.World;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Athletes known only from their recorded activities.
public final class RecordedWorld implements World {
  /// Strava always sends this date, but no recording has it.
  private static final String SIGNED_UP = "2015-01-01T00:00:00Z";

  private static final List<Integer> HEART_ZONES = List.of(0, 114, 133, 152, 171);

  private final Map<Long, List<ListedActivity>> byAthlete;
  private final long seed;

  /// `seed` is for the activities that a test adds.
  public RecordedWorld(Path folder, long seed) {
    this.byAthlete = new TreeMap<>(Recordings.read(folder));
    this.seed = seed;
  }

  @Override
  public List<Long> athletes() {
    return List.copyOf(byAthlete.keySet());
  }

  @Override
  public List<ListedActivity> activities(long athlete, Instant now) {
    return byAthlete.getOrDefault(athlete, List.of());
  }

  /// The morning after the last activity ended, when a daily run would start.
  public Instant morningAfter() {
    long newest =
        byAthlete.values().stream()
            .flatMap(List::stream)
            .mapToLong(ListedActivity::shownSecond)
            .max()
            .orElseThrow();
    return Instant.ofEpochSecond(newest)
        .atZone(ZoneOffset.UTC)
        .toLocalDate()
        .plusDays(1)
        .atTime(LocalTime.of(5, 0))
        .toInstant(ZoneOffset.UTC);
  }

  @Override
  public ObjectNode athlete(long id, Instant now, Map<String, Double> metresByGear) {
    ObjectNode json = Json.object();
    json.put("id", id).putNull("username").put("resource_state", 3);
    json.put("firstname", "Athlete").put("lastname", Long.toString(id)).put("bio", "");
    json.putNull("city").putNull("state").putNull("country").putNull("sex");
    json.put("premium", false).put("summit", false);
    json.put("badge_type_id", 0)
        .put("profile_medium", "avatar/athlete/medium.png")
        .put("profile", "avatar/athlete/large.png");
    json.putNull("friend").putNull("follower");
    json.put("follower_count", 0).put("friend_count", 0).put("mutual_friend_count", 0);
    json.put("created_at", SIGNED_UP).put("updated_at", SIGNED_UP);
    json.putNull("ftp").putNull("weight");
    json.put("measurement_preference", "meters");
    json.putArray("clubs");
    json.putArray("bikes");
    json.putArray("shoes");
    return json;
  }

  /// Strava's default zones for a maximum heart rate of 190.
  @Override
  public ObjectNode zones(ObjectNode athlete) {
    ObjectNode zones = Json.object();
    ObjectNode heartRate = zones.putObject("heart_rate").put("custom_zones", false);
    ArrayNode zoneList = heartRate.putArray("zones");
    for (int i = 0; i < HEART_ZONES.size(); i++) {
      boolean last = i + 1 == HEART_ZONES.size();
      zoneList
          .addObject()
          .put("min", HEART_ZONES.get(i))
          .put("max", last ? -1 : HEART_ZONES.get(i + 1));
    }
    return zones;
  }

  @Override
  public Optional<ObjectNode> gear(
      long athlete, String id, Instant now, Map<String, Double> metresByGear) {
    return metresByGear.containsKey(id)
        ? Optional.of(GearRecord.detailed(id, metresByGear))
        : Optional.empty();
  }

  @Override
  public List<ObjectNode> starredSegments(long athlete) {
    return List.of();
  }

  @Override
  public List<ObjectNode> routes(long athlete) {
    return List.of();
  }

  @Override
  public ObjectNode detail(ObjectNode summary, Instant now, Map<String, Double> metresByGear) {
    return summary.deepCopy();
  }

  /// Recordings contain summaries only.
  @Override
  public Optional<Streams> streams(ObjectNode summary, OptionalInt points, boolean nulls) {
    return Optional.empty();
  }

  @Override
  public String type(String sportType) {
    return SimulatedWorld.olderType(sportType);
  }

  @Override
  public ObjectNode generated(long athlete, Instant start, String sportType, long id) {
    return SimulatedWorld.generated(seed, start, sportType, id, athlete);
  }
}
