package dev.paceline.cli.source;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A YAML document as JSON, with the line and column of each value's name. Whatever JSON cannot
/// express is reported.
///
/// The location-aware nodes of json-schema-validator do not suffice: Jackson reads YAML 1.1,
/// ignores tags and anchors, keeps the last of several equal names, and locates values instead of
/// names.
final class YamlTree {

  private static final String NO_ALIASES =
      "anchors (&, *) and merges (<<) are not supported: write the members out";

  private final JsonNodeFactory json = JsonNodeFactory.instance;
  private final Map<JsonPointer, Mark> marks = new HashMap<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final JsonNode root;

  YamlTree(Node document) {
    root = convert(document, JsonPointer.empty(), document.getStartMark());
  }

  JsonNode root() {
    return root;
  }

  List<Diagnostic> diagnostics() {
    return List.copyOf(diagnostics);
  }

  /// Locates a finding at the name of its value, or at the nearest enclosing value in the file.
  Diagnostic locate(Finding finding) {
    JsonPointer near = finding.where();
    Mark mark = marks.get(near);
    while (mark == null) {
      near = near.head();
      mark = marks.get(near);
    }
    return diagnostic(finding.where(), mark, finding.what());
  }

  private JsonNode convert(Node node, JsonPointer where, Mark mark) {
    marks.put(where, mark);
    if (node.getAnchor() != null) {
      diagnostics.add(diagnostic(where, mark, NO_ALIASES));
      return json.nullNode(); // not descended into: an anchor may contain itself
    }
    return switch (node) {
      case MappingNode mapping -> object(mapping, where);
      case SequenceNode sequence -> array(sequence, where);
      case ScalarNode scalar -> scalar(scalar, where, mark);
      default -> throw new IllegalStateException("YAML has no such node: " + node);
    };
  }

  private ObjectNode object(MappingNode mapping, JsonPointer where) {
    ObjectNode object = json.objectNode();
    for (NodeTuple member : mapping.getValue()) {
      Mark mark = member.getKeyNode().getStartMark();
      if (!(member.getKeyNode() instanceof ScalarNode name)) {
        diagnostics.add(diagnostic(where, mark, "a member's name must be a string"));
        continue;
      }
      JsonPointer below = where.appendProperty(name.getValue());
      if (name.getTag().equals(Tag.MERGE) || name.getValue().equals("<<")) {
        diagnostics.add(diagnostic(where, mark, NO_ALIASES));
        continue;
      }
      Mark first = marks.get(below);
      if (first != null) {
        diagnostics.add(
            diagnostic(below, mark, "is defined twice, first in line " + (first.getLine() + 1)));
      } else {
        object.set(name.getValue(), convert(member.getValueNode(), below, mark));
      }
    }
    return object;
  }

  private ArrayNode array(SequenceNode sequence, JsonPointer where) {
    ArrayNode array = json.arrayNode();
    for (Node item : sequence.getValue()) {
      array.add(convert(item, where.appendIndex(array.size()), item.getStartMark()));
    }
    return array;
  }

  private JsonNode scalar(ScalarNode scalar, JsonPointer where, Mark mark) {
    Tag tag = scalar.getTag();
    String text = scalar.getValue();
    if (tag.equals(Tag.STR)) {
      return json.textNode(text);
    }
    try {
      return switch (tag.getValue().replaceFirst("^tag:yaml.org,2002:", "")) {
        case "null" -> json.nullNode();
        case "bool" -> json.booleanNode(text.equals("true"));
        case "int" -> json.numberNode(Long.parseLong(text));
        case "float" -> json.numberNode(new BigDecimal(text));
        default -> {
          diagnostics.add(diagnostic(where, mark, "tags like %s are not supported".formatted(tag)));
          yield json.nullNode();
        }
      };
    } catch (NumberFormatException e) {
      diagnostics.add(diagnostic(where, mark, "\"%s\" is not a number".formatted(text)));
      return json.nullNode();
    }
  }

  private static Diagnostic diagnostic(JsonPointer where, Mark mark, String what) {
    return new Diagnostic(mark.getLine() + 1, mark.getColumn() + 1, path(where), what);
  }

  /// `/streams/3/name` as `streams[3].name`.
  private static String path(JsonPointer where) {
    StringBuilder path = new StringBuilder();
    for (JsonPointer at = where; !at.matches(); at = at.tail()) {
      if (at.mayMatchElement()) {
        path.append('[').append(at.getMatchingIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(at.getMatchingProperty());
      }
    }
    return path.toString();
  }
}
