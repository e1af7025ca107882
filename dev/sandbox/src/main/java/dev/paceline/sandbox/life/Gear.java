package dev.paceline.sandbox.life;

import java.time.LocalDate;
import java.util.List;

/// A bike (`b…`) or a pair of shoes (`g…`). `metres` were on it before its owner's first activity
/// here.
record Gear(String id, String brand, String model, String nickname, double metres) {
  private static final LocalDate FIRST_PAIR = LocalDate.of(2010, 1, 1);
  private static final int DAYS_A_PAIR = 160;
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
          List.of("Giant", "Defy", "the blue one "));

  String name() {
    return nickname.isEmpty() ? brand + " " + model : nickname;
  }

  /// The pairs worn on a day, the newest first: a new one every five months, the one before it
  /// still goes out at times.
  static List<Gear> shoes(long seed, LocalDate day) {
    long newest = Math.floorDiv(day.toEpochDay() - FIRST_PAIR.toEpochDay(), (long) DAYS_A_PAIR);
    return List.of(pair(seed, newest), pair(seed, newest - 1));
  }

  /// The bikes of a life: one for the road, one for everything else.
  static List<Gear> bikes(long seed) {
    return List.of(bike(seed, 0), bike(seed, 1));
  }

  private static Gear pair(long seed, long number) {
    Dice dice = Dice.of(seed, number, 's');
    List<String> shoe = dice.oneOf(SHOES);
    return new Gear(
        "g" + (10_000_000 + Math.floorMod(Dice.mix(seed, number), 20_000_000)),
        shoe.get(0),
        shoe.get(1),
        "",
        0);
  }

  private static Gear bike(long seed, int number) {
    Dice dice = Dice.of(seed, number, 'b');
    List<String> bike = BIKES.get(number * 2 + dice.between(0, 1));
    double metres = dice.between(1_000, 9_000) * 1000;
    return new Gear(
        "b" + dice.between(2_000_000, 16_000_000),
        bike.get(0),
        bike.get(1),
        bike.get(2),
        Math.rint(metres));
  }
}
