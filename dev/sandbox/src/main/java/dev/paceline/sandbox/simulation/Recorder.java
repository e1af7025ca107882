package dev.paceline.sandbox.simulation;

import dev.paceline.sandbox.simulation.Activity.Setting;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries out a plan: adds what the devices measure and what other athletes contribute.
final class Recorder {
  private static final int POOL_LENGTH_M = 25;

  private final Athlete athlete;
  private final Plan plan;
  private final SeededRandom random;
  private final Sport sport;
  private final LocalDate day;

  private Recorder(Athlete athlete, Plan plan) {
    this.athlete = athlete;
    this.plan = plan;
    this.sport = plan.sport();
    this.day = plan.start().toLocalDate();
    this.random = SeededRandom.of(athlete.seed(), plan.start().toEpochSecond(), 'r');
  }

  static Activity record(Athlete athlete, Plan plan, long id) {
    return new Recorder(athlete, plan).record(id);
  }

  private Activity record(long id) {
    double celsius = Season.temperature(plan.city(), day) + random.gaussian(0, 2.5);
    Setting setting = setting(celsius);
    Device device = setting == Setting.MANUAL ? null : device(setting);

    double minutes = Math.max(5, plan.minutes());
    double speed =
        sport.easySpeed
            * plan.intent().pace
            * athlete.fitness()
            * Math.clamp(random.gaussian(1, 0.05), 0.8, 1.2);
    int moving =
        setting == Setting.MANUAL
            ? 300 * (int) Math.max(1, Math.rint(minutes / 5))
            : (int) (minutes * 60);
    double distance = distance(speed * moving, setting);
    int pauses =
        plan.intent() == Intent.WORKOUT
            ? random.between(60, 900)
            : random.between(0, (int) (moving * 0.12) + 20);
    int elapsed =
        setting == Setting.MANUAL ? moving : random.chance(0.01) ? moving - 1 : moving + pauses;

    boolean flat =
        setting == Setting.MANUAL
            || sport.isAlwaysIndoors()
            || (setting == Setting.INDOORS && sport != Sport.VIRTUAL_RIDE);
    double climb =
        flat ? 0 : Math.rint(distance / 1000 * sport.climb * random.between(0.4, 1.7) * 10) / 10;
    boolean hasTrack =
        setting == Setting.OUTDOORS || (setting == Setting.INDOORS && sport == Sport.VIRTUAL_RIDE);
    List<Polyline.Point> track =
        hasTrack ? Course.through(plan.city(), distance, random) : List.of();
    double floor = plan.city().altitude + random.between(-4.0, 12.0);
    Activity.HeartRate heartRate = heartRate(setting, moving);
    return new Activity(
        id,
        athlete,
        plan,
        ActivityName.of(plan, random),
        setting,
        device,
        gearId(setting),
        distance,
        moving,
        elapsed,
        climb,
        setting == Setting.MANUAL || sport.isStationary() ? 0 : speed * random.between(1.25, 1.9),
        heartRate,
        power(setting, speed, moving),
        cadence(setting),
        device != null && device.hasThermometer && sport != Sport.SWIM
            ? temperature(setting, celsius)
            : null,
        flat ? null : new Activity.Elevation(floor, floor + climb * random.between(0.3, 0.7)),
        track,
        counters(setting));
  }

  private Setting setting(double celsius) {
    if (random.chance(sport.isStationary() ? 0.12 : 0.025)) {
      return Setting.MANUAL;
    }
    boolean treadmill = sport == Sport.RUN && random.chance(celsius < 4 ? 0.25 : 0.03);
    boolean trainer =
        sport == Sport.RIDE
            && plan.intent() != Intent.COMMUTE
            && random.chance(celsius < 12 ? 0.2 : 0.03);
    boolean indoors =
        sport.isAlwaysIndoors() || sport == Sport.VIRTUAL_RIDE || treadmill || trainer;
    return indoors ? Setting.INDOORS : Setting.OUTDOORS;
  }

  private Device device(Setting setting) {
    if (sport == Sport.VIRTUAL_RIDE) {
      return Device.ZWIFT;
    }
    if (sport.isRide() && setting == Setting.OUTDOORS) {
      return plan.intent() == Intent.COMMUTE && random.chance(0.3)
          ? Device.PHONE
          : athlete.bikeComputer();
    }
    return athlete.watch();
  }

  private double distance(double metres, Setting setting) {
    if (sport == Sport.SWIM) {
      return Math.rint(metres / POOL_LENGTH_M) * POOL_LENGTH_M;
    }
    return setting == Setting.MANUAL ? Math.rint(metres / 500) * 500 : Math.rint(metres * 10) / 10;
  }

  /// Most athletes measure their heart rate; few do so when swimming.
  private Activity.@Nullable HeartRate heartRate(Setting setting, int moving) {
    boolean measured =
        setting != Setting.MANUAL
            && random.chance(sport == Sport.SWIM ? 0.3 : sport == Sport.WALK ? 0.7 : 0.95);
    double effort =
        plan.intent().effort * (sport.isStationary() ? 0.6 : sport == Sport.WALK ? 0.55 : 1)
            + random.gaussian(0, 0.03);
    double span = athlete.maxHeartrate() - athlete.restingHeartrate();
    double average = athlete.restingHeartrate() + span * Math.clamp(effort, 0.2, 0.92);
    double max = Math.min(athlete.maxHeartrate(), average + span * random.between(0.08, 0.25));
    double sufferScore = moving / 60.0 * effort * effort * effort * 3.2;
    return measured
        ? new Activity.HeartRate(
            Math.rint(average * 10) / 10, Math.rint(max), Math.rint(sufferScore))
        : null;
  }

  private Activity.@Nullable Power power(Setting setting, double speed, int moving) {
    if (!sport.isRide()
        || setting == Setting.MANUAL
        || (setting == Setting.INDOORS && sport == Sport.RIDE && !athlete.hasPowerMeter())) {
      return null;
    }
    boolean measured =
        sport == Sport.VIRTUAL_RIDE || (athlete.hasPowerMeter() && plan.intent() != Intent.COMMUTE);
    double average =
        Math.rint(
                athlete.ftpOn(day)
                    * Math.clamp(speed / 11.5, 0.45, 0.95)
                    * random.between(0.88, 1.06)
                    * 10)
            / 10;
    double weighted = Math.rint(average * random.between(1.02, 1.18));
    int max = (int) (athlete.ftpOn(day) * random.between(1.6, 3.4));
    return new Activity.Power(
        average, weighted, max, Math.rint(average * moving / 100) / 10, measured);
  }

  private @Nullable Double cadence(Setting setting) {
    double turns =
        switch (sport) {
          case RUN, TRAIL_RUN -> random.between(80.0, 91.0);
          case RIDE, GRAVEL_RIDE, VIRTUAL_RIDE -> random.between(70.0, 94.0);
          case WALK, HIKE -> random.between(48.0, 60.0);
          case SWIM, WEIGHT_TRAINING, YOGA -> 0;
        };
    return setting == Setting.MANUAL || turns == 0 ? null : Math.rint(turns * 10) / 10;
  }

  private int temperature(Setting setting, double celsius) {
    return (int)
        Math.rint(setting == Setting.OUTDOORS ? celsius + 3 : 23 + random.between(0.0, 5.0));
  }

  private @Nullable String gearId(Setting setting) {
    boolean older = random.chance(0.3);
    return switch (sport.gearKind) {
      case NONE -> null;
      case SHOES ->
          setting == Setting.MANUAL
              ? null
              : Gear.shoes(athlete.seed(), day).get(older ? 1 : 0).id();
      case BIKE ->
          Gear.bikes(athlete.seed())
              .get(sport == Sport.GRAVEL_RIDE || plan.intent() == Intent.COMMUTE ? 1 : 0)
              .id();
    };
  }

  private Activity.Counters counters(Setting setting) {
    boolean raced = plan.intent() == Intent.RACE;
    boolean onSegments = setting == Setting.OUTDOORS && !sport.isAlwaysIndoors();
    int achievements = onSegments && random.chance(0.45) ? random.between(1, raced ? 20 : 7) : 0;
    int kudos =
        (int)
            Math.max(
                0,
                random.gaussian(
                    raced ? 34 : plan.intent() == Intent.LONG ? 18 : 9, raced ? 9 : 4.5));
    return new Activity.Counters(
        achievements,
        achievements == 0 ? 0 : random.between(0, Math.min(3, achievements)),
        kudos,
        random.chance(0.25) ? random.between(1, raced ? 9 : 4) : 0,
        random.chance(0.2) && setting != Setting.MANUAL ? random.between(2, raced ? 60 : 6) : 1,
        random.chance(0.12) ? random.between(1, 5) : 0);
  }
}
