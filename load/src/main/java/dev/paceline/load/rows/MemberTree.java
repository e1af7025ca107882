package dev.paceline.load.rows;

import com.fasterxml.jackson.core.io.SerializedString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of an object that the contracts of its stream mention, by name: built once, looked
/// up for every member of every line.
final class MemberTree {

  /// A member, and where its value goes.
  static final class Member {

    private final SerializedString name;
    @Nullable Field field;
    @Nullable ListRows list;
    @Nullable MemberTree inner;
    boolean ignored;

    /// The member that followed this one in the record before. Records of a stream have their
    /// members in the same order, and to compare a name is faster than to look it up.
    @Nullable Member follower;

    private Member(String name) {
      this.name = new SerializedString(name);
    }

    SerializedString name() {
      return name;
    }
  }

  private final Map<String, Member> members = new HashMap<>();

  /// Stands in for what precedes the first member.
  private final Member start = new Member("");

  /// Stands in for all members that no contract mentions.
  private final Member unknown = new Member("");

  /// The member at a path, and those that enclose it.
  Member add(List<String> path) {
    Member member = members.computeIfAbsent(path.getFirst(), Member::new);
    if (path.size() == 1) {
      return member;
    }
    MemberTree inner = member.inner == null ? new MemberTree() : member.inner;
    member.inner = inner;
    return inner.add(path.subList(1, path.size()));
  }

  /// The member of a name; [#unknown] if no contract mentions it.
  Member find(String name) {
    return members.getOrDefault(name, unknown);
  }

  Member start() {
    return start;
  }

  Member unknown() {
    return unknown;
  }
}
