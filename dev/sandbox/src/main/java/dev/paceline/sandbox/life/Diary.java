package dev.paceline.sandbox.life;

import dev.paceline.sandbox.world.ActivityId;
import dev.paceline.sandbox.world.ListedActivity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One athlete's activities from the first day on, lived once and kept: later days are appended,
/// earlier ones never change.
final class Diary {
  private final Athlete athlete;
  private final @Nullable Quota quota;
  private final List<ListedActivity> lived = new ArrayList<>();
  private LocalDate next;

  Diary(Athlete athlete, LocalDate first, @Nullable Quota quota) {
    this.athlete = athlete;
    this.quota = quota;
    this.next = first;
  }

  /// All that starts on a local day up to and including `last`, and perhaps more.
  synchronized List<ListedActivity> until(LocalDate last) {
    while (!next.isAfter(last)) {
      for (Plan plan : plans(next)) {
        long id = ActivityId.of(athlete.index(), plan.start().toEpochSecond());
        lived.add(SummaryActivity.of(Recorder.live(athlete, plan, id)));
      }
      next = next.plusDays(1);
    }
    return List.copyOf(lived);
  }

  private List<Plan> plans(LocalDate day) {
    return quota != null && quota.covers(day) ? quota.on(athlete, day) : Training.on(athlete, day);
  }
}
