package dev.paceline.extract.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paceline.lake.log.RecordLimits;
import dev.paceline.lake.store.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The key of a record: the values of some members, as a JSON array.
public final class RecordKey {

  /// How many bytes a character can take in JSON: it may be escaped by its four-digit code.
  private static final int ESCAPED_LENGTH = 6;

  private static final String SUBSTITUTE = "sha256:";

  private RecordKey() {}

  /// @param members the names of the members
  /// @throws IOException if a member is absent, null, or not a single value
  /// @throws LimitExceeded if the key is too long, or has too large a number
  static String of(JsonSlice record, List<String> members) throws IOException, LimitExceeded {
    ArrayNode key = JsonNodeFactory.instance.arrayNode();
    for (String member : members) {
      JsonSlice value = member(record, member);
      if (value.length() > RecordLimits.KEY_BYTES * ESCAPED_LENGTH) {
        throw tooLong();
      }
      key.add(ExactJson.parse(value));
    }
    String text = key.toString();
    if (!isAllowed(text)) {
      throw tooLong();
    }
    return text;
  }

  /// Whether a key is short enough for a line.
  public static boolean isAllowed(String key) {
    return key.getBytes(StandardCharsets.UTF_8).length <= RecordLimits.KEY_BYTES;
  }

  /// Whether a hash stands for the key, which exceeds a limit.
  public static boolean isSubstitute(ArrayNode key) {
    return key.size() == 1 && key.path(0).asText().startsWith(SUBSTITUTE);
  }

  /// Stands for a key that exceeds a limit: its hash.
  static String substitute(JsonSlice record, List<String> members) throws IOException {
    StringBuilder key = new StringBuilder();
    for (String member : members) {
      JsonSlice value = member(record, member);
      key.append(Sha256.hex(value.beginning(value.length())));
    }
    String hash = Sha256.hex(key.toString().getBytes(StandardCharsets.UTF_8));
    return JsonNodeFactory.instance.arrayNode().add(SUBSTITUTE + hash).toString();
  }

  private static JsonSlice member(JsonSlice record, String name) throws IOException {
    return JsonMembers.member(record, name)
        .filter(RecordKey::isSingleValue)
        .orElseThrow(() ->
            new MalformedJson("the record at byte %d has no %s".formatted(record.start(), name)));
  }

  /// Whether it is a text, a number or a boolean.
  private static boolean isSingleValue(JsonSlice value) {
    return value.first() != '{' && value.first() != '[' && value.first() != 'n';
  }

  private static LimitExceeded tooLong() {
    return new LimitExceeded("its key is longer than %d bytes".formatted(RecordLimits.KEY_BYTES));
  }
}
