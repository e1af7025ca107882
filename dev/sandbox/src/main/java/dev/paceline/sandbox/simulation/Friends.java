package dev.paceline.sandbox.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Json;
import java.util.List;

/// The athletes who give kudos and write comments: Strava shows only a first name and an initial.
final class Friends {
  private static final List<String> FIRST =
      List.of("Ana", "Bo", "Chidi", "Dana", "Élodie", "Femi", "Günther", "Hana", "Íris", "José");

  private Friends() {}

  static ObjectNode friend(SeededRandom random) {
    char initial = (char) ('A' + random.between(0, 25));
    return Json.object()
        .put("resource_state", 2)
        .put("firstname", random.pick(FIRST))
        .put("lastname", initial + ".");
  }
}
