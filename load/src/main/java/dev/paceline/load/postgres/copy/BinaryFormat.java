package dev.paceline.load.postgres.copy;

import dev.paceline.load.contract.ColumnType;
import dev.paceline.load.contract.ScalarType;
import dev.paceline.load.rows.Encoder;
import dev.paceline.load.rows.Field;
import dev.paceline.load.rows.GrowableBuffer;
import dev.paceline.load.rows.RowFormat;

/// Rows in the binary form of COPY: the number of fields, then each field with its length.
public final class BinaryFormat implements RowFormat {

  private static final int NULL = -1;

  @Override
  public Encoder encoder(ColumnType type) {
    Encoder scalar = scalar(type.scalar());
    return type.array() ? new ArrayEncoder(oid(type.scalar()), scalar) : scalar;
  }

  @Override
  public void text(byte[] utf8, GrowableBuffer into) {
    into.put(utf8, 0, utf8.length);
  }

  @Override
  public void whole(long value, GrowableBuffer into) {
    into.putLong(value);
  }

  @Override
  public void json(GrowableBuffer value, GrowableBuffer into) {
    into.putByte(JsonbEncoder.VERSION);
    into.put(value);
  }

  @Override
  public int bytes(Field[] row) {
    int bytes = Short.BYTES + row.length * Integer.BYTES;
    for (Field field : row) {
      bytes += field.isPresent() ? field.value().length() : 0;
    }
    return bytes;
  }

  @Override
  public void row(Field[] row, GrowableBuffer rows) {
    rows.putShort(row.length);
    for (Field field : row) {
      if (field.isPresent()) {
        rows.putInt(field.value().length());
        rows.put(field.value());
      } else {
        rows.putInt(NULL);
      }
    }
  }

  private static Encoder scalar(ScalarType type) {
    return switch (type) {
      case SMALLINT -> new IntegerEncoder(Short.BYTES);
      case INTEGER -> new IntegerEncoder(Integer.BYTES);
      case BIGINT -> new IntegerEncoder(Long.BYTES);
      case REAL -> new RealEncoder();
      case DOUBLE_PRECISION -> new DoubleEncoder();
      case NUMERIC -> new NumericEncoder();
      case BOOLEAN -> new BooleanEncoder();
      case TEXT -> new TextEncoder();
      case DATE -> new DateEncoder();
      case TIMESTAMP -> new TimestampEncoder(false);
      case TIMESTAMPTZ -> new TimestampEncoder(true);
      case UUID -> new UuidEncoder();
      case JSONB -> new JsonbEncoder();
    };
  }

  /// The type's OID in `pg_type`, which never changes; arrays carry the OID of their elements.
  private static int oid(ScalarType type) {
    return switch (type) {
      case BOOLEAN -> 16;
      case BIGINT -> 20;
      case SMALLINT -> 21;
      case INTEGER -> 23;
      case TEXT -> 25;
      case REAL -> 700;
      case DOUBLE_PRECISION -> 701;
      case DATE -> 1082;
      case TIMESTAMP -> 1114;
      case TIMESTAMPTZ -> 1184;
      case NUMERIC -> 1700;
      case UUID -> 2950;
      case JSONB -> 3802;
    };
  }
}
