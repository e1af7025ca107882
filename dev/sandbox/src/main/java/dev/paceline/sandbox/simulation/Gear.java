package dev.paceline.sandbox.simulation;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// A bike (`b…`) or a pair of shoes (`g…`). `metres` is its distance before the owner's first
/// activity here.
record Gear(String id, String brand, String model, String nickname, double metres) {
  private static final LocalDate FIRST_PAIR = LocalDate.of(2010, 1, 1);
  private static final int DAYS_PER_PAIR = 160;
  private static final List<List<String>> SHOES =
      List.of(
          List.of("Brooks", "Ghost 16"),
          List.of("Saucony", "Endorphin Speed 4"),
          List.of("HOKA", "Clifton 9"),
          List.of("ASICS", "Gel-Nimbus 26"),
          List.of("Nike", "Pegasus 41"));
  private static final List<List<String>> BIKES =
      List.of(
          List.of("Canyon", "Endurace", "Road 🚴"),
          List.of("Trek", "Checkpoint", "Mud & dust"),
          List.of("Specialized", "Allez", "Old faithful"),
          List.of("Giant", "Defy", "the blue one "),
          List.of("Brompton", "C Line", "Never ridden"),
          List.of("Cervélo", "P5", "For the wall"));

  String name() {
    return nickname.isEmpty() ? brand + " " + model : nickname;
  }

  /// The pairs worn on a day, newest first: there is a new pair every five months, and the previous
  /// one is still used now and then.
  static List<Gear> shoes(long seed, LocalDate day) {
    return List.of(pair(seed, newest(day)), pair(seed, newest(day) - 1));
  }

  /// An athlete's bikes: one for the road, one for everything else.
  static List<Gear> bikes(long seed) {
    return List.of(bike(seed, 0), bike(seed, 1));
  }

  /// A bike and a pair of shoes that no activity has used.
  static List<Gear> unused(long seed) {
    return List.of(bike(seed, 2), pair(seed, -1));
  }

  /// The piece of gear with that id that the athlete has had at any time up to that day.
  static Optional<Gear> owned(long seed, String id, LocalDate day) {
    long newest = newest(day);
    return Stream.of(
            bikes(seed).stream(),
            unused(seed).stream(),
            LongStream.rangeClosed(0, newest).mapToObj(number -> pair(seed, number)))
        .flatMap(pieces -> pieces)
        .filter(gear -> gear.id().equals(id))
        .findFirst();
  }

  /// Gear known only from an edited or recorded activity.
  static Gear unknown(String id) {
    boolean bike = id.startsWith("b");
    List<String> made = SeededRandom.of(id.hashCode(), 'u').pick(bike ? BIKES : SHOES);
    return new Gear(id, made.get(0), made.get(1), "", 0);
  }

  boolean isBike() {
    return id.startsWith("b");
  }

  /// Shoes are retired once there are two newer pairs; bikes never are.
  boolean isRetired(long seed, LocalDate day) {
    return LongStream.rangeClosed(0, newest(day) - 2)
        .anyMatch(number -> pair(seed, number).id().equals(id));
  }

  private static long newest(LocalDate day) {
    return Math.floorDiv(day.toEpochDay() - FIRST_PAIR.toEpochDay(), (long) DAYS_PER_PAIR);
  }

  private static Gear pair(long seed, long number) {
    SeededRandom random = SeededRandom.of(seed, number, 's');
    List<String> shoe = random.pick(SHOES);
    return new Gear(
        "g" + (10_000_000 + Math.floorMod(SeededRandom.mix(seed, number), 20_000_000)),
        shoe.get(0),
        shoe.get(1),
        "",
        0);
  }

  private static Gear bike(long seed, int number) {
    SeededRandom random = SeededRandom.of(seed, number, 'b');
    List<String> bike = BIKES.get(number * 2 + random.between(0, 1));
    double metres = random.between(1_000, 9_000) * 1000;
    return new Gear(
        "b" + random.between(2_000_000, 16_000_000),
        bike.get(0),
        bike.get(1),
        bike.get(2),
        Math.rint(metres));
  }
}
