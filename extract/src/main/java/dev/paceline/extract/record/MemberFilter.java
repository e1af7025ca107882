package dev.paceline.extract.record;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/// Which members of a record count.
///
/// @param only the members of the record itself that count; empty for all
/// @param without members that do not count; `bikes.distance` for the `distance` of `bikes`, or of
///   each of its elements
public record MemberFilter(Set<String> only, Set<String> without) {

  static final MemberFilter ALL = new MemberFilter(Set.of(), Set.of());

  public static MemberFilter only(Collection<String> members) {
    return new MemberFilter(Set.copyOf(members), Set.of());
  }

  public static MemberFilter without(Collection<String> members) {
    return members.isEmpty() ? ALL : new MemberFilter(Set.of(), Set.copyOf(members));
  }

  boolean keeps(String member) {
    return (only.isEmpty() || only.contains(member)) && !without.contains(member);
  }

  /// The filter of what is below a member.
  MemberFilter below(String member) {
    String prefix = member + ".";
    return without.isEmpty()
        ? ALL
        : without(
            without.stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()))
                .collect(Collectors.toSet()));
  }
}
