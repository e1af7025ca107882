package dev.paceline.sandbox.life;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.ListedActivity;
import dev.paceline.sandbox.world.World;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Invented athletes, whose every day follows from the seed alone.
public final class SimulatedWorld implements World {
  private final Map<Long, Athlete> athletes = new LinkedHashMap<>();
  private final Map<Long, Diary> diaries = new LinkedHashMap<>();

  /// `first` is the first day anybody trained; `quota` is for benches, where the number of
  /// activities matters.
  public SimulatedWorld(long seed, int count, LocalDate first, @Nullable Quota quota) {
    for (int index = 0; index < count; index++) {
      Athlete athlete = Athlete.numbered(seed, index);
      athletes.put(athlete.id(), athlete);
      diaries.put(athlete.id(), new Diary(athlete, first, quota));
    }
  }

  @Override
  public List<Long> athletes() {
    return List.copyOf(athletes.keySet());
  }

  /// A day is over in the west a day after it began in the east: tomorrow's date has to be lived as
  /// well.
  @Override
  public List<ListedActivity> activities(long athlete, Instant now) {
    return known(diaries, athlete).until(LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1));
  }

  @Override
  public ObjectNode athlete(long id, Instant now, Map<String, Double> metresByGear) {
    return DetailedAthlete.of(known(athletes, id), now, metresByGear);
  }

  @Override
  public ObjectNode detail(ObjectNode summary, Map<String, Double> metresByGear) {
    Athlete athlete = known(athletes, summary.path("athlete").path("id").longValue());
    long offset = summary.path("utc_offset").longValue();
    LocalDate day =
        LocalDate.ofInstant(
            Instant.parse(summary.path("start_date").asText()).plusSeconds(offset), ZoneOffset.UTC);
    Optional<ObjectNode> gear =
        DetailedAthlete.gear(athlete, summary.path("gear_id").asText(""), day, metresByGear);
    return DetailedActivity.of(summary, gear.orElse(null));
  }

  @Override
  public ObjectNode invented(long athlete, Instant start, String sportType, long id) {
    return invented(known(athletes, athlete), start, sportType, id);
  }

  /// An easy hour of that sport at the athlete's home; of a run, where the sport is none that is
  /// lived here.
  public static ObjectNode invented(
      long seed, Instant start, String sportType, long id, long athleteId) {
    ObjectNode summary = invented(Athlete.numbered(seed, 0), start, sportType, id);
    summary.putObject("athlete").put("id", athleteId).put("resource_state", 1);
    return summary;
  }

  private static ObjectNode invented(Athlete athlete, Instant start, String sportType, long id) {
    Sport sport = Sport.named(sportType).orElse(Sport.RUN);
    Plan plan = new Plan(sport, Intent.EASY, athlete.city(), start.atZone(athlete.city().zone), 60);
    ObjectNode summary = Json.object(SummaryActivity.of(Recorder.live(athlete, plan, id)).json());
    return sport.sportType.equals(sportType)
        ? summary
        : summary.put("type", sportType).put("sport_type", sportType);
  }

  private static <T> T known(Map<Long, T> of, long athlete) {
    T found = of.get(athlete);
    if (found == null) {
      throw new IllegalArgumentException("There is no athlete " + athlete + ".");
    }
    return found;
  }
}
