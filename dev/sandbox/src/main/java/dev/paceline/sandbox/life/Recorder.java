package dev.paceline.sandbox.life;

import dev.paceline.sandbox.life.Activity.Ground;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lives a plan: what the devices measure and the friends say.
final class Recorder {
  private static final int POOL_LENGTH_M = 25;

  private final Athlete athlete;
  private final Plan plan;
  private final Dice dice;
  private final Sport sport;
  private final LocalDate day;

  private Recorder(Athlete athlete, Plan plan) {
    this.athlete = athlete;
    this.plan = plan;
    this.sport = plan.sport();
    this.day = plan.start().toLocalDate();
    this.dice = Dice.of(athlete.seed(), plan.start().toEpochSecond(), 'r');
  }

  static Activity live(Athlete athlete, Plan plan, long id) {
    return new Recorder(athlete, plan).live(id);
  }

  private Activity live(long id) {
    double celsius = Season.temperature(plan.city(), day) + dice.around(0, 2.5);
    Ground ground = ground(celsius);
    Device device = ground == Ground.MANUAL ? null : device(ground);

    double minutes = Math.max(5, plan.minutes());
    double speed =
        sport.easySpeed
            * plan.intent().pace
            * athlete.fitness()
            * Math.clamp(dice.around(1, 0.05), 0.8, 1.2);
    int moving =
        ground == Ground.MANUAL
            ? 300 * (int) Math.max(1, Math.rint(minutes / 5))
            : (int) (minutes * 60);
    double distance = distance(speed * moving, ground);
    int pauses =
        plan.intent() == Intent.WORKOUT
            ? dice.between(60, 900)
            : dice.between(0, (int) (moving * 0.12) + 20);
    int elapsed =
        ground == Ground.MANUAL ? moving : dice.chance(0.01) ? moving - 1 : moving + pauses;

    boolean flat =
        ground == Ground.MANUAL
            || sport.isAlwaysIndoors()
            || (ground == Ground.INDOORS && sport != Sport.VIRTUAL_RIDE);
    double climb =
        flat ? 0 : Math.rint(distance / 1000 * sport.climb * dice.between(0.4, 1.7) * 10) / 10;
    boolean hasWay =
        ground == Ground.OUTDOORS || (ground == Ground.INDOORS && sport == Sport.VIRTUAL_RIDE);
    List<Polyline.Point> way = hasWay ? Course.through(plan.city(), distance, dice) : List.of();
    double floor = plan.city().altitude + dice.between(-4.0, 12.0);
    Activity.Heart heart = heart(ground, moving);
    return new Activity(
        id,
        athlete,
        plan,
        ActivityName.of(plan, dice),
        ground,
        device,
        gearId(ground),
        distance,
        moving,
        elapsed,
        climb,
        ground == Ground.MANUAL || sport.isStill() ? 0 : speed * dice.between(1.25, 1.9),
        heart,
        power(ground, speed, moving),
        cadence(ground),
        device != null && device.hasThermometer && sport != Sport.SWIM
            ? temperature(ground, celsius)
            : null,
        flat ? null : new Activity.Elevation(floor, floor + climb * dice.between(0.3, 0.7)),
        way,
        applause(ground));
  }

  private Ground ground(double celsius) {
    if (dice.chance(sport.isStill() ? 0.12 : 0.025)) {
      return Ground.MANUAL;
    }
    boolean treadmill = sport == Sport.RUN && dice.chance(celsius < 4 ? 0.25 : 0.03);
    boolean trainer =
        sport == Sport.RIDE
            && plan.intent() != Intent.COMMUTE
            && dice.chance(celsius < 12 ? 0.2 : 0.03);
    boolean indoors =
        sport.isAlwaysIndoors() || sport == Sport.VIRTUAL_RIDE || treadmill || trainer;
    return indoors ? Ground.INDOORS : Ground.OUTDOORS;
  }

  private Device device(Ground ground) {
    if (sport == Sport.VIRTUAL_RIDE) {
      return Device.ZWIFT;
    }
    if (sport.isRide() && ground == Ground.OUTDOORS) {
      return plan.intent() == Intent.COMMUTE && dice.chance(0.3)
          ? Device.PHONE
          : athlete.bikeComputer();
    }
    return athlete.watch();
  }

  private double distance(double metres, Ground ground) {
    if (sport == Sport.SWIM) {
      return Math.rint(metres / POOL_LENGTH_M) * POOL_LENGTH_M;
    }
    return ground == Ground.MANUAL ? Math.rint(metres / 500) * 500 : Math.rint(metres * 10) / 10;
  }

  /// Most wear a strap or trust the wrist; hardly anyone in the water.
  private Activity.@Nullable Heart heart(Ground ground, int moving) {
    boolean measured =
        ground != Ground.MANUAL
            && dice.chance(sport == Sport.SWIM ? 0.3 : sport == Sport.WALK ? 0.7 : 0.95);
    double effort =
        plan.intent().effort * (sport.isStill() ? 0.6 : sport == Sport.WALK ? 0.55 : 1)
            + dice.around(0, 0.03);
    double span = athlete.highestHeartrate() - athlete.restingHeartrate();
    double average = athlete.restingHeartrate() + span * Math.clamp(effort, 0.2, 0.92);
    double highest =
        Math.min(athlete.highestHeartrate(), average + span * dice.between(0.08, 0.25));
    double suffering = moving / 60.0 * effort * effort * effort * 3.2;
    return measured
        ? new Activity.Heart(Math.rint(average * 10) / 10, Math.rint(highest), Math.rint(suffering))
        : null;
  }

  private Activity.@Nullable Power power(Ground ground, double speed, int moving) {
    if (!sport.isRide()
        || ground == Ground.MANUAL
        || (ground == Ground.INDOORS && sport == Sport.RIDE && !athlete.hasPowerMeter())) {
      return null;
    }
    boolean measured =
        sport == Sport.VIRTUAL_RIDE || (athlete.hasPowerMeter() && plan.intent() != Intent.COMMUTE);
    double average =
        Math.rint(
                athlete.ftpOn(day)
                    * Math.clamp(speed / 11.5, 0.45, 0.95)
                    * dice.between(0.88, 1.06)
                    * 10)
            / 10;
    double weighted = Math.rint(average * dice.between(1.02, 1.18));
    int highest = (int) (athlete.ftpOn(day) * dice.between(1.6, 3.4));
    return new Activity.Power(
        average, weighted, highest, Math.rint(average * moving / 100) / 10, measured);
  }

  private @Nullable Double cadence(Ground ground) {
    double turns =
        switch (sport) {
          case RUN, TRAIL_RUN -> dice.between(80.0, 91.0);
          case RIDE, GRAVEL_RIDE, VIRTUAL_RIDE -> dice.between(70.0, 94.0);
          case WALK, HIKE -> dice.between(48.0, 60.0);
          case SWIM, WEIGHT_TRAINING, YOGA -> 0;
        };
    return ground == Ground.MANUAL || turns == 0 ? null : Math.rint(turns * 10) / 10;
  }

  private int temperature(Ground ground, double celsius) {
    return (int) Math.rint(ground == Ground.OUTDOORS ? celsius + 3 : 23 + dice.between(0.0, 5.0));
  }

  private @Nullable String gearId(Ground ground) {
    boolean older = dice.chance(0.3);
    return switch (sport.wears) {
      case NONE -> null;
      case SHOES ->
          ground == Ground.MANUAL ? null : Gear.shoes(athlete.seed(), day).get(older ? 1 : 0).id();
      case BIKE ->
          Gear.bikes(athlete.seed())
              .get(sport == Sport.GRAVEL_RIDE || plan.intent() == Intent.COMMUTE ? 1 : 0)
              .id();
    };
  }

  private Activity.Applause applause(Ground ground) {
    boolean raced = plan.intent() == Intent.RACE;
    boolean onSegments = ground == Ground.OUTDOORS && !sport.isAlwaysIndoors();
    int achievements = onSegments && dice.chance(0.45) ? dice.between(1, raced ? 20 : 7) : 0;
    int kudos =
        (int)
            Math.max(
                0,
                dice.around(raced ? 34 : plan.intent() == Intent.LONG ? 18 : 9, raced ? 9 : 4.5));
    return new Activity.Applause(
        achievements,
        achievements == 0 ? 0 : dice.between(0, Math.min(3, achievements)),
        kudos,
        dice.chance(0.25) ? dice.between(1, raced ? 9 : 4) : 0,
        dice.chance(0.2) && ground != Ground.MANUAL ? dice.between(2, raced ? 60 : 6) : 1,
        dice.chance(0.12) ? dice.between(1, 5) : 0);
  }
}
