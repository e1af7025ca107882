package dev.paceline.load.postgres;

import java.sql.SQLException;

/// Carries an error of plain JDBC out of a transaction of Jdbi, which rolls it back.
final class UncheckedSqlException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UncheckedSqlException(SQLException cause) {
    super(cause);
  }
}
