package dev.paceline.load.postgres.copy;

import dev.paceline.lake.log.Envelope;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.rows.Drift;
import dev.paceline.load.rows.ExtraFields;
import dev.paceline.load.rows.Field;
import dev.paceline.load.rows.GrowableBuffer;
import dev.paceline.load.rows.RecordProjection;
import dev.paceline.load.rows.RejectedRecord;
import dev.paceline.load.rows.StageColumns;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes the lines of one table's stream as rows of its stage table, in the binary form of COPY.
public final class RowEncoder {

  private static final byte[] UPSERT = Envelope.UPSERT.getBytes(StandardCharsets.UTF_8);
  private static final byte[] DELETE = Envelope.DELETE.getBytes(StandardCharsets.UTF_8);
  private static final int NULL = -1;

  private final RecordProjection projection;

  public RowEncoder(TableContract contract, Drift drift) {
    this.projection = new RecordProjection(contract, Encoders::of, drift);
  }

  /// Appends the row of a line. A line that does not fit is rejected, and nothing is appended.
  ///
  /// @param account whose log the line's commit is in
  /// @param seq the commit's number and the line's position in it
  void append(byte[] bytes, int offset, int length, byte[] account, long seq, GrowableBuffer rows)
      throws RejectedRecord {
    projection.read(bytes, offset, length, account);
    List<Field> values = projection.values();
    rows.putShort(values.size() + StageColumns.COUNT);
    for (Field field : values) {
      put(field, rows);
    }
    put(account, rows);
    put(projection.isTombstone() ? DELETE : UPSERT, rows);
    put(projection.extractedAt(), rows);
    rows.putInt(Long.BYTES);
    rows.putLong(seq);
    put(projection.extraFields(), rows);
  }

  private static void put(Field field, GrowableBuffer rows) {
    if (field.isPresent()) {
      rows.putInt(field.value().length());
      rows.put(field.value());
    } else {
      rows.putInt(NULL);
    }
  }

  private static void put(byte[] text, GrowableBuffer rows) {
    rows.putInt(text.length);
    rows.put(text, 0, text.length);
  }

  private static void put(ExtraFields extraFields, GrowableBuffer rows) {
    if (extraFields.isEmpty()) {
      rows.putInt(NULL);
    } else {
      GrowableBuffer json = extraFields.end();
      rows.putInt(1 + json.length());
      rows.putByte(JsonbEncoder.VERSION);
      rows.put(json);
    }
  }
}
