package dev.paceline.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
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

/// What the sandbox serves at the moment: the activities uploaded by now, with all edits applied.
public final class EditedWorld {
  private record ViewKey(long athlete, boolean includeOnlyMe) {}

  private final World base;
  private final Edits edits;
  private final SandboxClock clock;
  private final Map<ViewKey, View> views = new ConcurrentHashMap<>();

  public EditedWorld(World base, Edits edits, SandboxClock clock) {
    this.base = base;
    this.edits = edits;
    this.clock = clock;
  }

  public List<Long> athletes() {
    return base.athletes();
  }

  /// The athlete's activities now, with or without those visible to the athlete alone. Rebuilt only
  /// when an edit, an upload or a new day has changed them.
  public View view(long athlete, boolean includeOnlyMe) {
    Instant now = clock.now();
    long version = edits.version();
    return views.compute(
        new ViewKey(athlete, includeOnlyMe),
        (key, cached) ->
            cached != null && cached.isCurrent(now.getEpochSecond(), version)
                ? cached
                : build(key, now, version));
  }

  public ObjectNode athlete(long id) {
    ObjectNode athlete = base.athlete(id, clock.now(), metresByGear(id));
    for (String kind : List.of("bikes", "shoes")) {
      for (JsonNode gear : athlete.path(kind)) {
        applyGearEdits(id, (ObjectNode) gear);
      }
    }
    edits.applyToAthlete(id, athlete);
    return athlete;
  }

  public ObjectNode zones(long athlete) {
    return base.zones(athlete(athlete));
  }

  public ObjectNode stats(long athlete) {
    return AthleteStats.of(view(athlete, false), clock.now());
  }

  /// The DetailedGear, or empty if the athlete never had it and no activity shows it.
  public Optional<ObjectNode> gear(long athlete, String id) {
    Optional<ObjectNode> gear = base.gear(athlete, id, clock.now(), metresByGear(athlete));
    gear.ifPresent(found ->
        edits
            .gear(id)
            .ifPresent(fields -> {
              found.setAll(fields);
              String nickname = found.path("nickname").asText();
              found.put(
                  "name",
                  nickname.isEmpty()
                      ? found.path("brand_name").asText() + " " + found.path("model_name").asText()
                      : nickname);
            }));
    return gear;
  }

  public List<ObjectNode> starredSegments(long athlete) {
    return base.starredSegments(athlete);
  }

  public List<ObjectNode> routes(long athlete) {
    return base.routes(athlete);
  }

  /// The DetailedActivity. Where the world has no more than the record and nothing was edited, this
  /// is the record, byte for byte.
  public byte[] detail(ListedActivity activity) {
    ObjectNode summary = Json.object(activity.json());
    ObjectNode detail = base.detail(summary, clock.now(), metresByGear(activity.athlete()));
    if (detail.get("gear") instanceof ObjectNode gear) {
      applyGearEdits(activity.athlete(), gear);
    }
    boolean edited = edits.applyToDetail(activity.id(), detail);
    return detail.equals(summary) && !edited ? activity.json() : Json.bytes(detail);
  }

  /// What the activity's device recorded, or empty if there was no device.
  public Optional<Streams> streams(ListedActivity activity) {
    return base.streams(
        Json.object(activity.json()),
        edits.streamPoints(activity.id()),
        edits.streamNulls(activity.id()));
  }

  /// Whether a test has set the length of these streams, or nulls in them.
  public boolean hasCustomStreams(ListedActivity activity) {
    return edits.streamPoints(activity.id()).isPresent() || edits.streamNulls(activity.id());
  }

  /// The activity, hidden or not, unless it is deleted or not uploaded yet.
  public Optional<ListedActivity> find(long id) {
    for (long athlete : athletes()) {
      Optional<ListedActivity> found = view(athlete, true).activity(id);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  World base() {
    return base;
  }

  /// Hidden activities count too: they also add to the distance of a bike.
  private Map<String, Double> metresByGear(long athlete) {
    return view(athlete, true).metresByGear();
  }

  /// Applies the edits of a piece of gear to a SummaryGear that shows it.
  private void applyGearEdits(long athlete, ObjectNode summary) {
    String id = summary.path("id").asText();
    if (edits.gear(id).isPresent()) {
      gear(athlete, id)
          .ifPresent(gear -> {
            for (String field : List.of("name", "nickname", "retired")) {
              summary.set(field, gear.get(field));
            }
          });
    }
  }

  private View build(ViewKey key, Instant now, long version) {
    long second = now.getEpochSecond();
    List<ListedActivity> shown = new ArrayList<>();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    long from = today.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    long until = today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    for (ListedActivity activity : allActivities(key.athlete(), now).toList()) {
      if (activity.shownSecond() > second) {
        until = Math.min(until, activity.shownSecond());
        continue;
      }
      from = Math.max(from, activity.shownSecond());
      boolean seen = key.includeOnlyMe() || !edits.isHidden(activity.id());
      if (seen && !edits.isDeleted(activity.id())) {
        shown.add(edits.edited(activity));
      }
    }
    shown.sort(ListedActivity.NEWEST_FIRST);
    return new View(List.copyOf(shown), version, from, until);
  }

  private Stream<ListedActivity> allActivities(long athlete, Instant now) {
    Stream<ListedActivity> added = edits.added().stream().filter(each -> each.athlete() == athlete);
    return Stream.concat(base.activities(athlete, now).stream(), added);
  }
}
