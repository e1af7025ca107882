package dev.paceline.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The edits a test has made, applied over the world: activities added, changed, hidden and
/// deleted; fields of athletes and gear changed.
public final class Edits {
  /// Fields of a detail that a summary does not have.
  private static final Set<String> ONLY_IN_DETAILS =
      Set.of(
          "description",
          "calories",
          "laps",
          "splits_metric",
          "splits_standard",
          "segment_efforts",
          "best_efforts",
          "gear",
          "photos",
          "perceived_exertion",
          "prefer_perceived_exertion",
          "private_note",
          "embed_token",
          "available_zones",
          "segment_leaderboard_opt_out",
          "leaderboard_opt_out");

  /// Settings for the streams; never part of a record.
  static final String STREAM_POINTS = "stream_points";

  static final String STREAM_NULLS = "stream_nulls";

  /// Fields that Strava sends as null: null does not remove them.
  private static final Set<String> NULL_IS_A_VALUE =
      Set.of("start_latlng", "end_latlng", "upload_id", "external_id");

  /// An activity added through the control API, and when it was added.
  public record Added(long shownSecond, ObjectNode activity) {}

  /// All edits, as they are saved in the state file.
  public record Saved(
      List<Added> added,
      Map<Long, ObjectNode> changed,
      Set<Long> hidden,
      Set<Long> deleted,
      Map<Long, ObjectNode> athletes,
      Map<String, ObjectNode> gear) {

    public Saved {
      Objects.requireNonNull(athletes, "athletes are missing: it was written by another version");
      Objects.requireNonNull(gear, "gear is missing: it was written by another version");
    }

    static Saved nothing() {
      return new Saved(List.of(), Map.of(), Set.of(), Set.of(), Map.of(), Map.of());
    }
  }

  private final List<Added> added = new ArrayList<>();
  private final List<ListedActivity> addedListed = new ArrayList<>();
  private final Map<Long, ObjectNode> changed;
  private final Set<Long> hidden;
  private final Set<Long> deleted;
  private final Map<Long, ObjectNode> athletes;
  private final Map<String, ObjectNode> gear;

  /// Results of [#edited(ListedActivity)], kept because recalculating a day with hundreds of edits
  /// after each of them is slow.
  private final Map<Long, ListedActivity> edited = new HashMap<>();

  private long version;

  Edits(Saved saved) {
    saved.added().forEach(each -> add(each.activity(), each.shownSecond()));
    changed = new HashMap<>(saved.changed());
    hidden = new HashSet<>(saved.hidden());
    deleted = new HashSet<>(saved.deleted());
    athletes = new HashMap<>(saved.athletes());
    gear = new HashMap<>(saved.gear());
  }

  synchronized void add(ObjectNode activity, long shownSecond) {
    added.add(new Added(shownSecond, activity));
    addedListed.add(ListedActivity.of(activity, shownSecond, Json.bytes(activity)));
    version++;
  }

  /// Sets these fields of the activity in addition to those set before; null removes one.
  synchronized void change(long id, ObjectNode fields) {
    change(changed, id, fields);
    edited.remove(id);
  }

  synchronized void changeAthlete(long id, ObjectNode fields) {
    change(athletes, id, fields);
  }

  synchronized void changeGear(String id, ObjectNode fields) {
    change(gear, id, fields);
  }

  private <K> void change(Map<K, ObjectNode> of, K id, ObjectNode fields) {
    ObjectNode before = of.get(id);
    ObjectNode all = before == null ? Json.object() : before.deepCopy();
    all.setAll(fields);
    of.put(id, all);
    version++;
  }

  synchronized void hide(long id) {
    hidden.add(id);
    edited.remove(id);
    version++;
  }

  synchronized void show(long id) {
    hidden.remove(id);
    edited.remove(id);
    version++;
  }

  synchronized void delete(long id) {
    deleted.add(id);
    version++;
  }

  /// Increases with every edit.
  synchronized long version() {
    return version;
  }

  synchronized boolean isHidden(long id) {
    return hidden.contains(id);
  }

  synchronized boolean isDeleted(long id) {
    return deleted.contains(id);
  }

  synchronized List<ListedActivity> added() {
    return List.copyOf(addedListed);
  }

  /// The activity with its changes; the same object if there are none.
  synchronized ListedActivity edited(ListedActivity activity) {
    long id = activity.id();
    return hidden.contains(id) || changed.containsKey(id)
        ? edited.computeIfAbsent(id, missing -> applyChanges(activity))
        : activity;
  }

  private ListedActivity applyChanges(ListedActivity activity) {
    ObjectNode summary = Json.object(activity.json());
    changes(activity.id()).ifPresent(changes -> overlay(changes, summary, false));
    markOnlyMe(activity.id(), summary);
    return ListedActivity.of(summary, activity.shownSecond(), Json.bytes(summary));
  }

  /// Applies all changes to a detail, including the fields that only details have. Returns whether
  /// there were any.
  boolean applyToDetail(long id, ObjectNode detail) {
    Optional<ObjectNode> fields = changes(id);
    fields.ifPresent(changes -> overlay(changes, detail, true));
    markOnlyMe(id, detail);
    return fields.isPresent() || isHidden(id);
  }

  /// The number of points that a test has set for the streams.
  OptionalInt streamPoints(long id) {
    return changes(id)
        .filter(fields -> fields.path(STREAM_POINTS).isInt())
        .map(fields -> OptionalInt.of(fields.path(STREAM_POINTS).intValue()))
        .orElse(OptionalInt.empty());
  }

  boolean streamNulls(long id) {
    return changes(id).map(fields -> fields.path(STREAM_NULLS).asBoolean(false)).orElse(false);
  }

  synchronized void applyToAthlete(long id, ObjectNode athlete) {
    ObjectNode fields = athletes.get(id);
    if (fields != null) {
      athlete.setAll(fields);
    }
  }

  synchronized Optional<ObjectNode> gear(String id) {
    return Optional.ofNullable(gear.get(id));
  }

  private synchronized Optional<ObjectNode> changes(long id) {
    return Optional.ofNullable(changed.get(id));
  }

  private void markOnlyMe(long id, ObjectNode activity) {
    if (isHidden(id)) {
      activity.put("private", true).put("visibility", "only_me");
    }
  }

  /// A null field is removed, except those that Strava itself sends as null.
  static void set(ObjectNode target, String field, JsonNode value) {
    if (value.isNull() && !NULL_IS_A_VALUE.contains(field)) {
      target.remove(field);
    } else {
      target.set(field, value);
    }
  }

  private static void overlay(ObjectNode fields, ObjectNode target, boolean onDetail) {
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      String name = field.getKey();
      boolean streamSetting = name.equals(STREAM_POINTS) || name.equals(STREAM_NULLS);
      if (!streamSetting && (onDetail || !ONLY_IN_DETAILS.contains(name))) {
        set(target, name, field.getValue());
      }
    }
  }

  synchronized Saved saved() {
    return new Saved(
        List.copyOf(added),
        new TreeMap<>(changed),
        new TreeSet<>(hidden),
        new TreeSet<>(deleted),
        new TreeMap<>(athletes),
        new TreeMap<>(gear));
  }
}
