package dev.paceline.lake.log;

import dev.paceline.lake.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/// One line of a part: `{"account":…,"key":[…],"extracted_at":…,"op":…,"data":…}`, members in this
/// order. `data` is the record token for token; tombstones and rejects do not have it. A line that
/// is longer than [RecordLimits#LINE_BYTES] is never made: whoever writes a record checks it first.
public final class Envelope {

  public static final String ACCOUNT = "account";
  public static final String KEY = "key";
  public static final String EXTRACTED_AT = "extracted_at";
  public static final String OP = "op";
  public static final String DATA = "data";

  /// `op` of a record as the source has it.
  public static final String UPSERT = "upsert";

  /// `op` of a tombstone: this key was deleted at the source.
  public static final String DELETE = "delete";

  /// `op` of a record that could not be fetched: its line has the members of a [Reject] instead of
  /// `data`.
  public static final String REJECT = "reject";

  /// The stream that holds the rejects of all streams.
  public static final String REJECTED = "_rejected";

  private Envelope() {}

  /// A record as the source has it.
  ///
  /// @param account a valid account, which needs no escaping
  /// @param key the record's key as a JSON array
  /// @param data the record's JSON on one line
  static byte[] upsert(String account, String key, Instant extractedAt, byte[] data) {
    return line(account, key, extractedAt, UPSERT, ",\"" + DATA + "\":", data);
  }

  static byte[] delete(String account, String key, Instant extractedAt) {
    return line(account, key, extractedAt, DELETE, "", new byte[0]);
  }

  static byte[] reject(String account, String key, Instant extractedAt, Reject reject) {
    byte[] members = Json.bytes(reject);
    // The members of an object without its braces.
    byte[] inside = Arrays.copyOfRange(members, 1, members.length - 1);
    return line(account, key, extractedAt, REJECT, ",", inside);
  }

  private static byte[] line(
      String account, String key, Instant extractedAt, String op, String between, byte[] rest) {
    byte[] head =
        "{\"%s\":\"%s\",\"%s\":%s,\"%s\":\"%s\",\"%s\":\"%s\"%s"
            .formatted(ACCOUNT, account, KEY, key, EXTRACTED_AT, extractedAt, OP, op, between)
            .getBytes(StandardCharsets.UTF_8);
    long length = head.length + (long) rest.length + 1;
    if (length > RecordLimits.LINE_BYTES) {
      throw new IllegalArgumentException(
          "a line of %d bytes, more than %d: %s…"
              .formatted(
                  length, RecordLimits.LINE_BYTES, key.substring(0, Math.min(key.length(), 100))));
    }
    byte[] line = Arrays.copyOf(head, (int) length);
    System.arraycopy(rest, 0, line, head.length, rest.length);
    line[line.length - 1] = '}';
    return line;
  }
}
