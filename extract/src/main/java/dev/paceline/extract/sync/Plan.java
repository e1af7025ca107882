package dev.paceline.extract.sync;

import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.api.StreamDescription.Child;
import dev.paceline.extract.api.StreamDescription.Listing;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The streams that a run reads from a source.
///
/// @param streams in the order of api.yaml
public record Plan(ApiDescription api, List<StreamDescription> streams) {

  public Plan {
    streams = List.copyOf(streams);
  }

  /// The named streams, those that they need, and the one that identifies the account.
  public static Plan of(ApiDescription api, Set<String> names) {
    Set<String> wanted = new HashSet<>(names);
    Optional.ofNullable(api.identity()).ifPresent(wanted::add);
    for (StreamDescription stream : api.streams().reversed()) {
      if (wanted.contains(stream.name())) {
        wanted.addAll(stream.needs());
      }
    }
    return new Plan(
        api, api.streams().stream().filter(stream -> wanted.contains(stream.name())).toList());
  }

  /// All streams of a source.
  static Plan ofAll(ApiDescription api) {
    return new Plan(api, api.streams());
  }

  /// The streams that are listed completely.
  List<Listing> listings() {
    return streams.stream().filter(Listing.class::isInstance).map(Listing.class::cast).toList();
  }

  /// The streams that are read for each record of another.
  List<Child> children() {
    return streams.stream().filter(Child.class::isInstance).map(Child.class::cast).toList();
  }

  /// The streams that have a record for each key of the parent stream.
  List<Child> childrenOf(StreamDescription parent) {
    return children(child -> isOf(child, parent) && child.of().values().isEmpty());
  }

  /// The streams whose ids are found in members of other records, and that are read again when the
  /// one record of the parent stream changes.
  List<Child> refetchedBy(StreamDescription parent) {
    return children(child -> isOf(child, parent) && !child.of().values().isEmpty());
  }

  /// The streams whose ids are found in the records of a stream, among others.
  List<Child> withIdsIn(StreamDescription stream) {
    return children(child ->
        child.of().values().stream().anyMatch(value -> value.stream().equals(stream.name())));
  }

  private static boolean isOf(Child child, StreamDescription parent) {
    return child.of().of().equals(parent.name());
  }

  private List<Child> children(Predicate<Child> which) {
    return children().stream().filter(which).toList();
  }

  /// Whether other records are read because of this stream's.
  boolean hasChildren(StreamDescription stream) {
    return !childrenOf(stream).isEmpty()
        || !refetchedBy(stream).isEmpty()
        || !withIdsIn(stream).isEmpty();
  }

  /// Whether the account can be read without this stream: it is not the source's first, which
  /// identifies the account if any does, and no other stream of the source needs it.
  boolean isDispensable(StreamDescription stream) {
    return !stream.equals(api.streams().getFirst())
        && api.streams().stream().noneMatch(other -> other.needs().contains(stream.name()));
  }

  /// Whether this stream's one record says whose account it is.
  boolean isIdentity(StreamDescription stream) {
    return stream.name().equals(api.identity());
  }

  /// The names of the key members of this stream's records: its own, or its parent's.
  List<String> keyMembers(StreamDescription stream) {
    return stream instanceof Child child && child.key().isEmpty()
        ? keyMembers(parentOf(child))
        : stream.key();
  }

  /// The listing to which a record's parents lead back.
  String rootOf(StreamDescription stream) {
    return stream instanceof Child child ? rootOf(parentOf(child)) : stream.name();
  }

  private StreamDescription parentOf(Child child) {
    return api.streams().stream()
        .filter(candidate -> candidate.name().equals(child.of().of()))
        .findFirst()
        .orElseThrow();
  }
}
