package dev.paceline.extract.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.extract.api.ChildOf;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.record.CanonicalHash;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Decides when a child record is read again: the key is a hash of what its parent record says
/// about it. As long as the key stays the same, the record is not read again.
final class RefetchKey {

  /// The parent record has no such child: a manual activity has no streams, and one without
  /// comments has no list of them.
  static final String NONE = "none";

  private RefetchKey() {}

  /// The key of a child of this record.
  static String of(StreamDescription child, StreamDescription parent, JsonNode record) {
    ChildOf childOf = child.childOf().orElseThrow();
    if (!childOf.appliesTo(record)) {
      return NONE;
    }
    String request = child.path() + new TreeMap<>(child.query());
    if (childOf.whenChanged().isEmpty()) {
      return hash(request, without(record, parent.volatileMembers()));
    }
    ObjectNode relevant = JsonNodeFactory.instance.objectNode();
    for (String member : childOf.whenChanged()) {
      relevant.set(member, record.get(member)); // null if absent, which hashes the same
    }
    return hash(request, relevant);
  }

  /// @param request path and query: a changed request is made again
  private static String hash(String request, JsonNode content) {
    return CanonicalHash.of(JsonNodeFactory.instance.arrayNode().add(request).add(content));
  }

  private static JsonNode without(JsonNode record, List<String> members) {
    if (members.isEmpty()) {
      return record;
    }
    JsonNode copy = record.deepCopy();
    for (String member : members) {
      remove(copy, member);
    }
    return copy;
  }

  private static void remove(JsonNode from, String member) {
    int dot = member.indexOf('.');
    if (from instanceof ArrayNode list) {
      list.forEach(element -> remove(element, member));
    } else if (dot >= 0) {
      remove(from.path(member.substring(0, dot)), member.substring(dot + 1));
    } else if (from instanceof ObjectNode object) {
      object.remove(member);
    }
  }

  /// The ids of child records that a record of `stream` contains, in their order.
  static List<JsonNode> ids(StreamDescription child, StreamDescription stream, JsonNode record) {
    List<JsonNode> ids = new ArrayList<>();
    for (ChildOf.Value value : child.childOf().orElseThrow().values()) {
      if (value.stream().equals(stream.name())) {
        collect(record, value.member(), ids);
      }
    }
    return ids;
  }

  private static void collect(JsonNode from, String member, List<JsonNode> into) {
    int dot = member.indexOf('.');
    if (from.isArray()) {
      from.forEach(element -> collect(element, member, into));
    } else if (dot >= 0) {
      collect(from.path(member.substring(0, dot)), member.substring(dot + 1), into);
    } else if (from.path(member).isValueNode() && !from.path(member).isNull()) {
      into.add(from.path(member));
    }
  }
}
