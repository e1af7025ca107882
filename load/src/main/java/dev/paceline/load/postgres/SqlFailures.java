package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.FirstLine;
import java.sql.SQLException;
import java.util.Optional;

/// Turns errors of Postgres that a user can act on into failures, by SQLSTATE. Any other error is a
/// bug in Paceline.
final class SqlFailures {

  static final String STARTING_UP = "57P03";
  private static final String MISSING_PRIVILEGE = "42501";

  private SqlFailures() {}

  /// The SQL error behind an exception, if there is one.
  static Optional<SQLException> cause(Throwable thrown) {
    for (Throwable next = thrown; next != null; next = next.getCause()) {
      if (next instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  /// @param withPassword whether a password was given
  static Optional<Failure> of(
      String doing, WarehouseAddress address, boolean withPassword, SQLException error) {
    String state = Optional.ofNullable(error.getSQLState()).orElse("");
    String message = firstLine(error);
    return switch (state) {
      case "28P01", "28000" ->
          failure(
              Exit.REFUSED,
              doing,
              message,
              "correct the user or PACELINE_WAREHOUSE_PASSWORD",
              error);
      case "08004" -> rejected(doing, address, withPassword, error);
      case "3D000" ->
          failure(
              Exit.CONFIGURATION,
              doing,
              "there is no database \"%s\"".formatted(address.database()),
              "create it, or correct --warehouse",
              error);
      case MISSING_PRIVILEGE ->
          failure(
              Exit.REFUSED,
              doing,
              message,
              "grant it to %s, or connect as the owner".formatted(address.user()),
              error);
      case "42P07", "42P06" ->
          failure(
              Exit.CONFIGURATION,
              doing,
              message + " and was not created by Paceline",
              "rename it, or give Paceline a database of its own",
              error);
      case "55P03", "40001", "40P01" ->
          failure(
              Exit.TRY_AGAIN,
              doing,
              "another session holds a lock (" + message + ")",
              "try again",
              error);
      case "53100" ->
          failure(Exit.UNAVAILABLE, doing, message, "free space on the warehouse's disk", error);
      case "53300" ->
          failure(
              Exit.UNAVAILABLE,
              doing,
              message,
              "try again when other connections have closed",
              error);
      case "08001" ->
          failure(
              Exit.UNAVAILABLE,
              doing,
              "%s:%d cannot be reached".formatted(address.host(), address.port()),
              "check that Postgres runs there and that --warehouse is right",
              error);
      case "57014", "57P01", "57P02", STARTING_UP ->
          failure(Exit.UNAVAILABLE, doing, message, "try again in a few minutes", error);
      default ->
          state.startsWith("08")
              ? failure(
                  Exit.UNAVAILABLE,
                  doing,
                  "the connection to %s:%d was lost".formatted(address.host(), address.port()),
                  "run it again: work already done is recognised",
                  error)
              : Optional.empty();
    };
  }

  /// The driver cannot do what the server or the settings require: a password that is not set, or
  /// TLS. Only its message says which, in the language of the machine.
  private static Optional<Failure> rejected(
      String doing, WarehouseAddress address, boolean withPassword, SQLException error) {
    String message = firstLine(error);
    if (withPassword) {
      return failure(Exit.CONFIGURATION, doing, message, "correct sslmode in --warehouse", error);
    }
    return address.parameters().containsKey("sslmode")
        ? failure(
            Exit.REFUSED,
            doing,
            message,
            "set PACELINE_WAREHOUSE_PASSWORD, or correct sslmode in --warehouse",
            error)
        : failure(
            Exit.REFUSED,
            doing,
            "the server requires a password and none is set",
            "set PACELINE_WAREHOUSE_PASSWORD",
            error);
  }

  private static Optional<Failure> failure(
      Exit exit, String doing, String what, String remedy, SQLException cause) {
    return Optional.of(new Failure(exit, doing, what, remedy, cause));
  }

  /// Whether the SQL itself is wrong: its syntax, a name, a type or a value. A missing privilege is
  /// in the same class and is not a mistake.
  static boolean isSqlMistake(SQLException error) {
    String state = Optional.ofNullable(error.getSQLState()).orElse("");
    return (state.startsWith("42") && !state.equals(MISSING_PRIVILEGE)) || state.startsWith("22");
  }

  static String firstLine(SQLException error) {
    return FirstLine.of(error).replaceFirst("^(ERROR|FATAL|PANIC): ", "");
  }
}
