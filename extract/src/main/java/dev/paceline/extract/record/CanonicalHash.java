package dev.paceline.extract.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paceline.lake.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;

/// A hash of what JSON says, not of how: members sorted, 1 = 1.0, and a member that is null or `[]`
/// the same as an absent one, because Strava gives coordinates in all three ways.
public final class CanonicalHash {

  /// 128 bits: two of a million records agree by chance once in 10²⁶ tries.
  private static final int HEX_DIGITS = 32;

  private CanonicalHash() {}

  /// The hash in lower-case hexadecimal.
  public static String of(JsonNode json) {
    MessageDigest digest = Sha256.digest();
    add(json, digest);
    return Sha256.hex(digest).substring(0, HEX_DIGITS);
  }

  private static void add(JsonNode json, MessageDigest digest) {
    switch (json.getNodeType()) {
      case OBJECT -> addObject(json, digest);
      case ARRAY -> {
        update(digest, "[");
        for (JsonNode item : json) {
          add(item, digest);
          update(digest, ",");
        }
        update(digest, "]");
      }
      case NUMBER -> update(digest, json.decimalValue().stripTrailingZeros().toString());
      default -> update(digest, json.toString());
    }
  }

  private static void addObject(JsonNode json, MessageDigest digest) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      if (!isAbsent(member.getValue())) {
        sorted.put(member.getKey(), member.getValue());
      }
    }
    update(digest, "{");
    for (Map.Entry<String, JsonNode> member : sorted.entrySet()) {
      update(digest, JsonNodeFactory.instance.textNode(member.getKey()).toString());
      update(digest, ":");
      add(member.getValue(), digest);
      update(digest, ",");
    }
    update(digest, "}");
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isNull() || (value.isArray() && value.isEmpty());
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
