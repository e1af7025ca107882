package dev.paceline.sandbox.simulation;

import java.util.List;

/// The names athletes give their activities: mostly what Strava proposes, sometimes their own
/// words, with all the characters that users type.
final class ActivityName {
  private static final List<String> ANY =
      List.of(
          "Felt good today ",
          "Legs like concrete 🧱",
          "With the crew 🎉🎉",
          "\"Easy\", they said",
          "Not my day…",
          "Frühling! 🌷",
          "C'était dur",
          "Rain / wind / repeat 🌧️ ",
          "Testing the new watch  ",
          "Before coffee ☕",
          "最高の朝",
          "Keep moving 💪🏽");
  private static final List<String> WORKOUTS =
      List.of(
          "6 × 800 m",
          "3×10′ threshold",
          "Track Tuesday ",
          "Hills \\ hills \\ hills",
          "Tempo, tempo 🔥",
          "Pyramid 1-2-3-2-1");
  private static final List<String> LONG =
      List.of(
          "Sunday long one",
          "Long & slow 🐢",
          "Out and about 👀 ",
          "All the way round",
          "3 h? Fine.");
  private static final List<String> RACES =
      List.of("Race day! 🏁", "City 10k 🥇", "Parkrun PB?", "Club championship ");

  private ActivityName() {}

  static String of(Plan plan, SeededRandom random) {
    if (random.chance(0.12)) {
      return random.pick(ANY);
    }
    return switch (plan.intent()) {
      case RACE -> random.pick(RACES);
      case WORKOUT -> random.chance(0.4) ? random.pick(WORKOUTS) : defaultName(plan);
      case LONG -> random.chance(0.3) ? random.pick(LONG) : defaultName(plan);
      case COMMUTE -> plan.start().getHour() < 12 ? "To work" : "Back home";
      case EASY -> defaultName(plan);
    };
  }

  private static String defaultName(Plan plan) {
    int hour = plan.start().getHour();
    String time =
        hour < 11
            ? "Morning"
            : hour < 14 ? "Lunch" : hour < 17 ? "Afternoon" : hour < 21 ? "Evening" : "Night";
    return time + " " + spaced(plan.sport().sportType);
  }

  /// `TrailRun` as Strava writes it in a title.
  private static String spaced(String sportType) {
    return sportType.replaceAll("(?<=[a-z])(?=[A-Z])", " ");
  }
}
