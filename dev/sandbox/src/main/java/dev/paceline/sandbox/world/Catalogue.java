package dev.paceline.sandbox.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// What the sandbox shows at the moment: the world, what was edited about it, and of that what is
/// uploaded by now.
public final class Catalogue {
  private final World world;
  private final Edits edits;
  private final SandboxClock clock;
  private final Map<Long, View> views = new ConcurrentHashMap<>();

  public Catalogue(World world, Edits edits, SandboxClock clock) {
    this.world = world;
    this.edits = edits;
    this.clock = clock;
  }

  public List<Long> athletes() {
    return world.athletes();
  }

  /// The athlete's activities now. Made anew only when an edit, an upload or a new day has changed
  /// them.
  public View of(long athlete) {
    Instant now = clock.now();
    long version = edits.version();
    return views.compute(
        athlete,
        (id, known) ->
            known != null && known.holds(now.getEpochSecond(), version)
                ? known
                : made(id, now, version));
  }

  public ObjectNode athlete(long id) {
    return world.athlete(id, clock.now(), of(id).metresByGear());
  }

  /// The activity's DetailedActivity: token for token the record where the world has no more of it
  /// and nothing was edited.
  public byte[] detail(ListedActivity activity) {
    ObjectNode summary = Json.object(activity.json());
    ObjectNode detail = world.detail(summary, of(activity.athlete()).metresByGear());
    boolean edited = edits.applyTo(activity.id(), detail);
    return detail.equals(summary) && !edited ? activity.json() : Json.bytes(detail);
  }

  /// The activity wherever it is, hidden or not, unless it is deleted or still to come.
  public Optional<ListedActivity> find(long id) {
    for (long athlete : athletes()) {
      Optional<ListedActivity> found =
          everything(athlete, clock.now())
              .filter(activity ->
                  activity.id() == id && activity.shownSecond() <= clock.now().getEpochSecond())
              .findFirst();
      if (found.isPresent()) {
        return edits.isDeleted(id) ? Optional.empty() : found.map(edits::applied);
      }
    }
    return Optional.empty();
  }

  World world() {
    return world;
  }

  private View made(long athlete, Instant now, long version) {
    long second = now.getEpochSecond();
    List<ListedActivity> shown = new ArrayList<>();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    long from = today.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    long until = today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    for (ListedActivity activity : everything(athlete, now).toList()) {
      if (activity.shownSecond() > second) {
        until = Math.min(until, activity.shownSecond());
        continue;
      }
      from = Math.max(from, activity.shownSecond());
      if (!edits.isHidden(activity.id()) && !edits.isDeleted(activity.id())) {
        shown.add(edits.applied(activity));
      }
    }
    shown.sort(ListedActivity.NEWEST_FIRST);
    return new View(List.copyOf(shown), version, from, until);
  }

  private Stream<ListedActivity> everything(long athlete, Instant now) {
    Stream<ListedActivity> added =
        edits.added().stream()
            .map(each ->
                ListedActivity.of(each.activity(), each.shownSecond(), Json.bytes(each.activity())))
            .filter(each -> each.athlete() == athlete);
    return Stream.concat(world.activities(athlete, now).stream(), added);
  }
}
