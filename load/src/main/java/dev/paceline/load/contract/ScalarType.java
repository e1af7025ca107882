package dev.paceline.load.contract;

import java.util.Arrays;
import java.util.Optional;

/// The closed list of column types, by their Postgres names.
public enum ScalarType {
  SMALLINT("smallint", true),
  INTEGER("integer", true),
  BIGINT("bigint", true),
  REAL("real", true),
  DOUBLE_PRECISION("double precision", true),
  NUMERIC("numeric", true),
  BOOLEAN("boolean", true),
  TEXT("text", true),
  DATE("date", false),
  TIMESTAMP("timestamp", false),
  TIMESTAMPTZ("timestamptz", false),
  UUID("uuid", false),
  JSONB("jsonb", false);

  private final String sql;
  private final boolean canBeElement;

  ScalarType(String sql, boolean canBeElement) {
    this.sql = sql;
    this.canBeElement = canBeElement;
  }

  public String sql() {
    return sql;
  }

  boolean canBeElement() {
    return canBeElement;
  }

  static Optional<ScalarType> parse(String sql) {
    return Arrays.stream(values()).filter(type -> type.sql.equals(sql)).findFirst();
  }
}
