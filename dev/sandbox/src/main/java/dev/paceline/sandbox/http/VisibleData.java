package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.EditedWorld;
import dev.paceline.sandbox.world.ListedActivity;
import dev.paceline.sandbox.world.Scopes;
import dev.paceline.sandbox.world.Streams;
import dev.paceline.sandbox.world.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one athlete's token can read, and what it is denied. Used both for calls and for the
/// snapshot that a test compares with.
final class VisibleData {
  private static final List<String> PROFILE_FIELDS =
      List.of(
          "weight",
          "ftp",
          "bikes",
          "shoes",
          "clubs",
          "athlete_type",
          "date_preference",
          "measurement_preference",
          "follower_count",
          "friend_count",
          "mutual_friend_count");

  private final EditedWorld world;
  private final @Nullable PreparedStreams prepared;
  private final long athlete;
  private final Scopes scopes;

  VisibleData(EditedWorld world, @Nullable PreparedStreams prepared, long athlete, Scopes scopes) {
    this.world = world;
    this.prepared = prepared;
    this.athlete = athlete;
    this.scopes = scopes;
  }

  long athleteId() {
    return athlete;
  }

  Scopes scopes() {
    return scopes;
  }

  /// The DetailedAthlete, or its summary if the scopes allow no more.
  ObjectNode athlete() {
    ObjectNode json = world.athlete(athlete);
    return scopes.canReadProfile() ? json : summary(json);
  }

  static ObjectNode summary(ObjectNode athlete) {
    return athlete.put("resource_state", 2).remove(PROFILE_FIELDS);
  }

  ObjectNode zones() {
    requireProfile();
    return world.zones(athlete);
  }

  /// The zones that the athlete's activities are divided by. Reading those needs no access to the
  /// profile.
  ObjectNode zonesOfActivities() {
    return world.zones(athlete);
  }

  ObjectNode stats() {
    return world.stats(athlete);
  }

  ObjectNode gear(String id) {
    return world.gear(athlete, id).orElseThrow(() -> StravaException.notFound("Gear", "id"));
  }

  List<ObjectNode> starredSegments() {
    return readable(world.starredSegments(athlete));
  }

  List<ObjectNode> routes() {
    return readable(world.routes(athlete));
  }

  List<ObjectNode> clubs() {
    requireProfile();
    List<ObjectNode> clubs = new ArrayList<>();
    world.athlete(athlete).path("clubs").forEach(club -> clubs.add((ObjectNode) club));
    return clubs;
  }

  View activities() {
    if (!scopes.canReadActivities()) {
      throw StravaException.missingScope("activity:read_permission");
    }
    return world.view(athlete, scopes.canReadOnlyMe());
  }

  ListedActivity activity(long id) {
    return activities().activity(id).orElseThrow(() -> StravaException.notFound("Activity", "id"));
  }

  /// The detail including hidden segment efforts.
  byte[] detail(ListedActivity activity) {
    return world.detail(activity);
  }

  /// Empty if no device recorded the activity.
  Optional<Streams> streams(ListedActivity activity) {
    return prepared != null && isPrepared(activity)
        ? Optional.of(prepared.of(activity.id()))
        : world.streams(activity);
  }

  /// The prepared body with all streams by type, if there is one.
  Optional<Payload> preparedStreams(ListedActivity activity, boolean gzip) {
    return prepared != null && isPrepared(activity)
        ? Optional.of(prepared.body(activity.id(), gzip))
        : Optional.empty();
  }

  private boolean isPrepared(ListedActivity activity) {
    return !world.hasCustomStreams(activity) && !activity.record().path("manual").booleanValue();
  }

  private List<ObjectNode> readable(List<ObjectNode> all) {
    if (!scopes.canRead()) {
      throw StravaException.missingScope("read_permission");
    }
    return all.stream()
        .filter(each -> scopes.canReadAll() || !each.path("private").booleanValue())
        .toList();
  }

  private void requireProfile() {
    if (!scopes.canReadProfile()) {
      throw StravaException.missingScope("profile:read_permission");
    }
  }
}
