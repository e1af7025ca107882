package dev.paceline.load.contract;

import java.util.Arrays;
import java.util.Optional;

/// The closed list of what a column may hold, by the names that Postgres has for them.
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
  private final boolean fitsArrays;

  ScalarType(String sql, boolean fitsArrays) {
    this.sql = sql;
    this.fitsArrays = fitsArrays;
  }

  public String sql() {
    return sql;
  }

  boolean fitsArrays() {
    return fitsArrays;
  }

  static Optional<ScalarType> named(String sql) {
    return Arrays.stream(values()).filter(type -> type.sql.equals(sql)).findFirst();
  }
}
