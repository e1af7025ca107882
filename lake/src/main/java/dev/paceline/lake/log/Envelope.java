package dev.paceline.lake.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of a part: `{"account":…,"key":[…],"extracted_at":…,"op":…,"data":…}`, members in this
/// order. `data` is the record token for token and is absent in a tombstone.
public final class Envelope {

  public static final String ACCOUNT = "account";
  public static final String KEY = "key";
  public static final String EXTRACTED_AT = "extracted_at";
  public static final String OP = "op";
  public static final String DATA = "data";

  /// `op` of a record as the source has it.
  public static final String UPSERT = "upsert";

  /// `op` of a tombstone: this key is gone at the source.
  public static final String DELETE = "delete";

  private Envelope() {}

  /// @param account a valid account, which needs no escaping
  /// @param key the record's key as a JSON array
  /// @param data the record's JSON on one line; null for a tombstone
  static byte[] line(String account, String key, Instant extractedAt, byte @Nullable [] data) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(160 + (data == null ? 0 : data.length));
    String head =
        "{\"%s\":\"%s\",\"%s\":%s,\"%s\":\"%s\",\"%s\":\"%s\""
            .formatted(
                ACCOUNT,
                account,
                KEY,
                key,
                EXTRACTED_AT,
                extractedAt,
                OP,
                data == null ? DELETE : UPSERT);
    line.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    if (data != null) {
      line.writeBytes((",\"" + DATA + "\":").getBytes(StandardCharsets.UTF_8));
      line.writeBytes(data);
    }
    line.write('}');
    return line.toByteArray();
  }
}
