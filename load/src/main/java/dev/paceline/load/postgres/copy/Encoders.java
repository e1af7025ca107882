package dev.paceline.load.postgres.copy;

import dev.paceline.load.contract.ColumnType;
import dev.paceline.load.contract.ScalarType;
import dev.paceline.load.rows.Encoder;

/// The encoder of each column type.
final class Encoders {

  private Encoders() {}

  static Encoder of(ColumnType type) {
    Encoder scalar = scalar(type.scalar());
    return type.array() ? new ArrayEncoder(oid(type.scalar()), scalar) : scalar;
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
