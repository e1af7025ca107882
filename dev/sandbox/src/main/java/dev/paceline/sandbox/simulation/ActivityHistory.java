package dev.paceline.sandbox.simulation;

import dev.paceline.sandbox.world.ActivityId;
import dev.paceline.sandbox.world.ListedActivity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One athlete's activities since the first day, generated once and kept: later days are appended,
/// earlier ones never change.
final class ActivityHistory {
  private final Athlete athlete;
  private final @Nullable EvenSchedule schedule;
  private final List<ListedActivity> activities = new ArrayList<>();
  private LocalDate nextDay;

  ActivityHistory(Athlete athlete, LocalDate first, @Nullable EvenSchedule schedule) {
    this.athlete = athlete;
    this.schedule = schedule;
    this.nextDay = first;
  }

  /// All activities that start on a local day up to and including `last`, and possibly more.
  synchronized List<ListedActivity> upTo(LocalDate last) {
    while (!nextDay.isAfter(last)) {
      for (Plan plan : plans(nextDay)) {
        long id = ActivityId.of(athlete.index(), plan.start().toEpochSecond());
        activities.add(SummaryActivity.of(Recorder.record(athlete, plan, id)));
      }
      nextDay = nextDay.plusDays(1);
    }
    return List.copyOf(activities);
  }

  private List<Plan> plans(LocalDate day) {
    return schedule != null && schedule.covers(day)
        ? schedule.on(athlete, day)
        : Training.on(athlete, day);
  }
}
