package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.sandbox.world.Catalogue;
import dev.paceline.sandbox.world.ListedActivity;
import dev.paceline.sandbox.world.Scopes;
import dev.paceline.sandbox.world.Streams;
import dev.paceline.sandbox.world.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one athlete's token is told, and what it is refused: the same for a call and for the truth
/// that a test compares with.
final class Told {
  private static final List<String> ONLY_WITH_PROFILE =
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

  private final Catalogue catalogue;
  private final @Nullable PreparedStreams prepared;
  private final long athlete;
  private final Scopes scopes;

  Told(Catalogue catalogue, @Nullable PreparedStreams prepared, long athlete, Scopes scopes) {
    this.catalogue = catalogue;
    this.prepared = prepared;
    this.athlete = athlete;
    this.scopes = scopes;
  }

  long id() {
    return athlete;
  }

  Scopes scopes() {
    return scopes;
  }

  /// The DetailedAthlete, or the summary of it where the scopes give no more.
  ObjectNode athlete() {
    ObjectNode json = catalogue.athlete(athlete);
    return scopes.readProfile() ? json : summary(json);
  }

  static ObjectNode summary(ObjectNode athlete) {
    return athlete.put("resource_state", 2).remove(ONLY_WITH_PROFILE);
  }

  ObjectNode zones() {
    needsProfile();
    return catalogue.zones(athlete);
  }

  ObjectNode stats() {
    return catalogue.stats(athlete);
  }

  ObjectNode gear(String id) {
    return catalogue.gear(athlete, id).orElseThrow(() -> StravaFault.notFound("Gear", "id"));
  }

  List<ObjectNode> starredSegments() {
    return allowed(catalogue.starredSegments(athlete));
  }

  List<ObjectNode> routes() {
    return allowed(catalogue.routes(athlete));
  }

  List<ObjectNode> clubs() {
    needsProfile();
    List<ObjectNode> clubs = new ArrayList<>();
    catalogue.athlete(athlete).path("clubs").forEach(club -> clubs.add((ObjectNode) club));
    return clubs;
  }

  View activities() {
    if (!scopes.readActivities()) {
      throw StravaFault.missing("activity:read_permission");
    }
    return catalogue.of(athlete, scopes.readOnlyMe());
  }

  ListedActivity activity(long id) {
    return activities().activity(id).orElseThrow(() -> StravaFault.notFound("Activity", "id"));
  }

  /// With all efforts.
  byte[] detail(ListedActivity activity) {
    return catalogue.detail(activity);
  }

  /// Nothing where no device recorded the activity.
  Optional<Streams> streams(ListedActivity activity) {
    return prepared != null && isPrepared(activity)
        ? Optional.of(prepared.of(activity.id()))
        : catalogue.streams(activity);
  }

  /// All streams by type, where they lie ready.
  Optional<Payload> preparedStreams(ListedActivity activity, boolean gzip) {
    return prepared != null && isPrepared(activity)
        ? Optional.of(prepared.body(activity.id(), gzip))
        : Optional.empty();
  }

  private boolean isPrepared(ListedActivity activity) {
    return !catalogue.hasStreamsOfItsOwn(activity)
        && !activity.record().path("manual").booleanValue();
  }

  private List<ObjectNode> allowed(List<ObjectNode> all) {
    if (!scopes.read()) {
      throw StravaFault.missing("read_permission");
    }
    return all.stream()
        .filter(each -> scopes.readAll() || !each.path("private").booleanValue())
        .toList();
  }

  private void needsProfile() {
    if (!scopes.readProfile()) {
      throw StravaFault.missing("profile:read_permission");
    }
  }
}
