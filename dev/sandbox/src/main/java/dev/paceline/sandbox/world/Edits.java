package dev.paceline.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a test did to the activities, laid over the world: added, changed, hidden, deleted.
public final class Edits {
  /// Fields that a detail has and a summary has not.
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

  /// An activity added by hand, and the second it was.
  public record Added(long shownSecond, ObjectNode activity) {}

  /// All edits, as they are kept in the state file.
  public record Kept(
      List<Added> added, Map<Long, ObjectNode> changed, Set<Long> hidden, Set<Long> deleted) {
    static Kept nothing() {
      return new Kept(List.of(), Map.of(), Set.of(), Set.of());
    }
  }

  private final List<Added> added;
  private final Map<Long, ObjectNode> changed;
  private final Set<Long> hidden;
  private final Set<Long> deleted;
  private long version;

  Edits(Kept kept) {
    added = new ArrayList<>(kept.added());
    changed = new HashMap<>(kept.changed());
    hidden = new HashSet<>(kept.hidden());
    deleted = new HashSet<>(kept.deleted());
  }

  synchronized void add(ObjectNode activity, long shownSecond) {
    added.add(new Added(shownSecond, activity));
    version++;
  }

  /// Sets these fields of the activity, besides those set before; null takes one away.
  synchronized void change(long id, ObjectNode fields) {
    ObjectNode all = changed.containsKey(id) ? changed.get(id).deepCopy() : Json.object();
    all.setAll(fields);
    changed.put(id, all);
    version++;
  }

  synchronized void hide(long id) {
    hidden.add(id);
    version++;
  }

  synchronized void show(long id) {
    hidden.remove(id);
    version++;
  }

  synchronized void delete(long id) {
    deleted.add(id);
    version++;
  }

  /// Grows with every edit.
  synchronized long version() {
    return version;
  }

  synchronized boolean isHidden(long id) {
    return hidden.contains(id);
  }

  synchronized boolean isDeleted(long id) {
    return deleted.contains(id);
  }

  synchronized List<Added> added() {
    return List.copyOf(added);
  }

  /// The activity as it is after its changes: the same object where there are none.
  ListedActivity applied(ListedActivity activity) {
    Optional<ObjectNode> fields = changes(activity.id());
    if (fields.isEmpty()) {
      return activity;
    }
    ObjectNode summary = Json.object(activity.json());
    lay(fields.get(), summary, false);
    return ListedActivity.of(summary, activity.shownSecond(), Json.bytes(summary));
  }

  /// Lays the changes that only details show over a detail. Answers whether there were any.
  boolean applyTo(long id, ObjectNode detail) {
    Optional<ObjectNode> fields = changes(id);
    fields.ifPresent(changes -> lay(changes, detail, true));
    return fields.isPresent();
  }

  private synchronized Optional<ObjectNode> changes(long id) {
    return Optional.ofNullable(changed.get(id));
  }

  private static void lay(ObjectNode fields, ObjectNode over, boolean onDetail) {
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      boolean belongs = onDetail || !ONLY_IN_DETAILS.contains(field.getKey());
      if (belongs && field.getValue().isNull()) {
        over.remove(field.getKey());
      } else if (belongs) {
        over.set(field.getKey(), field.getValue());
      }
    }
  }

  synchronized Kept kept() {
    return new Kept(
        List.copyOf(added), new TreeMap<>(changed), new TreeSet<>(hidden), new TreeSet<>(deleted));
  }
}
