package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Strava's DetailedAthlete, as a token with `profile:read_all` gets it.
final class DetailedAthlete {
  private DetailedAthlete() {}

  static ObjectNode of(Athlete athlete, Instant now, Map<String, Double> metresByGear) {
    Instant weighedAt = lastWeighIn(now);
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    SeededRandom random = SeededRandom.of(athlete.seed(), 'p');
    ObjectNode json = Json.object();
    json.put("id", athlete.id());
    json.put("username", athlete.firstname().toLowerCase(Locale.ROOT) + "_" + athlete.index());
    json.put("resource_state", 3);
    json.put("firstname", athlete.firstname()).put("lastname", athlete.lastname());
    json.put("bio", random.chance(0.5) ? "One more kilometre 🙂" : "");
    json.put("city", athlete.city().label)
        .put("state", athlete.city().state)
        .put("country", athlete.city().country);
    json.put("sex", athlete.female() ? "F" : "M");
    boolean subscriber = random.chance(0.6);
    json.put("premium", subscriber).put("summit", subscriber);
    Instant joined =
        Instant.parse("2012-05-01T07:00:00Z").plusSeconds(random.between(0, 100_000_000));
    json.put("created_at", SummaryActivity.utc(joined));
    json.put("updated_at", SummaryActivity.utc(weighedAt));
    json.put("badge_type_id", subscriber ? 1 : 0);
    json.put("weight", athlete.weightOn(LocalDate.ofInstant(weighedAt, ZoneOffset.UTC)));
    json.put("profile_medium", "avatar/athlete/medium.png")
        .put("profile", "avatar/athlete/large.png");
    json.putNull("friend").putNull("follower");
    json.put("blocked", false).put("can_follow", true);
    json.put("follower_count", random.between(8, 400))
        .put("friend_count", random.between(8, 300))
        .put("mutual_friend_count", 0);
    json.put("athlete_type", athlete.routine() == WeeklyRoutine.CYCLIST ? 0 : 1);
    boolean imperial = athlete.city().country.equals("United States");
    json.put("date_preference", imperial ? "%m/%d/%Y" : "%d/%m/%Y");
    json.put("measurement_preference", imperial ? "feet" : "meters");
    json.putArray("clubs").add(club(athlete));
    json.put("ftp", athlete.ftpOn(LocalDate.ofInstant(weighedAt, ZoneOffset.UTC)));
    long seed = athlete.seed();
    addAll(json.putArray("bikes"), Gear.bikes(seed), Gear.unused(seed).getFirst(), metresByGear);
    addAll(
        json.putArray("shoes"), Gear.shoes(seed, day), Gear.unused(seed).getLast(), metresByGear);
    return json;
  }

  /// Athletes are weighed at six on the first of each month, and their profile changes then.
  private static Instant lastWeighIn(Instant now) {
    ZonedDateTime thisMonth =
        now.atZone(ZoneOffset.UTC).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).withHour(6);
    return (thisMonth.toInstant().isAfter(now) ? thisMonth.minusMonths(1) : thisMonth).toInstant();
  }

  private static void addAll(
      ArrayNode into, List<Gear> used, Gear unused, Map<String, Double> metresByGear) {
    for (Gear gear : used) {
      into.add(GearRecord.summary(gear, gear.equals(used.getFirst()), false, metresByGear));
    }
    into.add(GearRecord.summary(unused, false, false, metresByGear));
  }

  private static ObjectNode club(Athlete athlete) {
    City city = athlete.city();
    ObjectNode club = Json.object();
    club.put("id", 100_000 + city.number())
        .put("resource_state", 2)
        .put("name", city.label + " early birds 🐦");
    club.put("profile_medium", "avatar/club/medium.png").put("profile", "avatar/club/large.png");
    club.put("sport_type", "other")
        .put("city", city.label)
        .put("state", city.state)
        .put("country", city.country);
    club.put("private", false)
        .put("member_count", 40 + city.number() * 7)
        .put("featured", false)
        .put("verified", false);
    return club.put("url", city.name().toLowerCase(Locale.ROOT) + "-early-birds")
        .put("membership", "member")
        .put("admin", false)
        .put("owner", false);
  }
}
