package dev.paceline.extract.sync;

import dev.paceline.extract.api.ApiDescription;
import dev.paceline.extract.api.ChildOf;
import dev.paceline.extract.api.StreamDescription;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// The streams that a run reads from a source.
///
/// @param streams in the order of api.yaml
public record Plan(ApiDescription api, List<StreamDescription> streams) {

  public Plan {
    streams = List.copyOf(streams);
  }

  /// The named streams, and those that they need.
  public static Plan of(ApiDescription api, Set<String> names) {
    Set<String> wanted = new HashSet<>(names);
    for (StreamDescription stream : api.streams().reversed()) {
      if (wanted.contains(stream.name())) {
        wanted.addAll(stream.needs());
      }
    }
    return new Plan(
        api, api.streams().stream().filter(stream -> wanted.contains(stream.name())).toList());
  }

  /// The streams that are listed completely.
  List<StreamDescription> listings() {
    return streams.stream().filter(stream -> stream.childOf().isEmpty()).toList();
  }

  /// The streams that are read for each record of another.
  List<StreamDescription> children() {
    return streams.stream().filter(stream -> stream.childOf().isPresent()).toList();
  }

  /// The streams that have a record for each key of the parent stream.
  List<StreamDescription> childrenOf(StreamDescription parent) {
    return children(childOf -> childOf.of().equals(parent.name()) && childOf.values().isEmpty());
  }

  /// The streams whose ids are found in members of other records, and that are read again when the
  /// one record of the parent stream changes.
  List<StreamDescription> refetchedBy(StreamDescription parent) {
    return children(childOf -> childOf.of().equals(parent.name()) && !childOf.values().isEmpty());
  }

  /// The streams whose ids are found in the records of a stream, among others.
  List<StreamDescription> withIdsIn(StreamDescription stream) {
    return children(childOf ->
        childOf.values().stream().anyMatch(value -> value.stream().equals(stream.name())));
  }

  /// Whether a stream can be skipped if the token lacks its scope: no other stream depends on it.
  boolean canBeSkipped(StreamDescription stream) {
    return stream.scope() != null
        && api.streams().stream()
            .noneMatch(other ->
                other.childOf().filter(childOf -> childOf.of().equals(stream.name())).isPresent());
  }

  /// The names of the key members of this stream's records: its own, or its parent's.
  List<String> keyMembers(StreamDescription stream) {
    if (!stream.key().isEmpty()) {
      return stream.key();
    }
    String parent = stream.childOf().orElseThrow().of();
    return streams.stream()
        .filter(candidate -> candidate.name().equals(parent))
        .findFirst()
        .orElseThrow()
        .key();
  }

  private List<StreamDescription> children(Predicate<ChildOf> which) {
    return streams.stream().filter(stream -> stream.childOf().filter(which).isPresent()).toList();
  }
}
