package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.ListedActivity;
import dev.paceline.sandbox.world.Streams;
import dev.paceline.sandbox.world.World;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Simulated athletes whose every day follows from the seed alone.
public final class SimulatedWorld implements World {
  private final Map<Long, Athlete> athletes = new LinkedHashMap<>();
  private final Map<Long, ActivityHistory> histories = new LinkedHashMap<>();

  /// `first` is the first day of training; `schedule` is for benchmarks that need an exact number
  /// of activities.
  public SimulatedWorld(long seed, int count, LocalDate first, @Nullable EvenSchedule schedule) {
    for (int index = 0; index < count; index++) {
      Athlete athlete = Athlete.numbered(seed, index);
      athletes.put(athlete.id(), athlete);
      histories.put(athlete.id(), new ActivityHistory(athlete, first, schedule));
    }
  }

  @Override
  public List<Long> athletes() {
    return List.copyOf(athletes.keySet());
  }

  /// Generates activities up to tomorrow's UTC date, which has already begun in the easternmost
  /// time zones.
  @Override
  public List<ListedActivity> activities(long athlete, Instant now) {
    return known(histories, athlete).upTo(tomorrow(now));
  }

  @Override
  public ObjectNode athlete(long id, Instant now, Map<String, Double> metresByGear) {
    return DetailedAthlete.of(known(athletes, id), now, metresByGear);
  }

  @Override
  public ObjectNode zones(ObjectNode athlete) {
    return Zones.of(known(athletes, athlete.path("id").longValue()), athlete);
  }

  @Override
  public Optional<ObjectNode> gear(
      long athlete, String id, Instant now, Map<String, Double> metresByGear) {
    long seed = known(athletes, athlete).seed();
    LocalDate day = tomorrow(now);
    return Gear.owned(seed, id, day)
        .or(() -> metresByGear.containsKey(id) ? Optional.of(Gear.unknown(id)) : Optional.empty())
        .map(gear -> GearRecord.detailed(gear, gear.isRetired(seed, day), metresByGear));
  }

  @Override
  public List<ObjectNode> starredSegments(long athlete) {
    return StarredSegments.of(known(athletes, athlete));
  }

  @Override
  public List<ObjectNode> routes(long athlete) {
    return Routes.of(known(athletes, athlete));
  }

  @Override
  public ObjectNode detail(ObjectNode summary, Instant now, Map<String, Double> metresByGear) {
    long seed = known(athletes, summary.path("athlete").path("id").longValue()).seed();
    String id = summary.path("gear_id").asText("");
    if (id.isEmpty()) {
      return DetailedActivity.of(summary, null);
    }
    LocalDate day = tomorrow(now);
    Gear gear = Gear.owned(seed, id, day).orElseGet(() -> Gear.unknown(id));
    return DetailedActivity.of(
        summary, GearRecord.summary(gear, false, gear.isRetired(seed, day), metresByGear));
  }

  @Override
  public Optional<Streams> streams(ObjectNode summary, OptionalInt points, boolean nulls) {
    return StreamRecorder.of(summary, points, nulls);
  }

  @Override
  public String type(String sportType) {
    return olderType(sportType);
  }

  public static String olderType(String sportType) {
    return Sport.type(sportType);
  }

  @Override
  public ObjectNode generated(long athlete, Instant start, String sportType, long id) {
    return generated(known(athletes, athlete), start, sportType, id);
  }

  /// An easy hour of that sport at the athlete's home; an hour of running if the sport is not
  /// simulated.
  public static ObjectNode generated(
      long seed, Instant start, String sportType, long id, long athleteId) {
    ObjectNode summary = generated(Athlete.numbered(seed, 0), start, sportType, id);
    summary.putObject("athlete").put("id", athleteId).put("resource_state", 1);
    return summary;
  }

  private static ObjectNode generated(Athlete athlete, Instant start, String sportType, long id) {
    Sport sport = Sport.named(sportType).orElse(Sport.RUN);
    Plan plan = new Plan(sport, Intent.EASY, athlete.city(), start.atZone(athlete.city().zone), 60);
    ObjectNode summary = Json.object(SummaryActivity.of(Recorder.record(athlete, plan, id)).json());
    return sport.sportType.equals(sportType)
        ? summary
        : summary.put("type", Sport.type(sportType)).put("sport_type", sportType);
  }

  private static LocalDate tomorrow(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
  }

  private static <T> T known(Map<Long, T> of, long athlete) {
    T found = of.get(athlete);
    if (found == null) {
      throw new IllegalArgumentException("There is no athlete " + athlete + ".");
    }
    return found;
  }
}
