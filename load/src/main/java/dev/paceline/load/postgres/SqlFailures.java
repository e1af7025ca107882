package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.FirstLine;
import java.sql.SQLException;
import java.util.Optional;

/// What somebody can do about an error of Postgres, by its SQLSTATE. What is not here is a bug of
/// ours.
final class SqlFailures {

  static final String STARTING_UP = "57P03";
  private static final String NO_RIGHT = "42501";

  private SqlFailures() {}

  /// The SQL error behind an exception, if there is one.
  static Optional<SQLException> behind(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  /// @param withPassword whether a password was given
  static Optional<Failure> of(
      String doing, WarehouseAddress address, boolean withPassword, SQLException error) {
    String state = Optional.ofNullable(error.getSQLState()).orElse("");
    String said = firstLine(error);
    return switch (state) {
      case "28P01", "28000" ->
          failure(
              Exit.REFUSED, doing, said, "correct the user or PACELINE_WAREHOUSE_PASSWORD", error);
      case "08004" -> rejected(doing, address, withPassword, error);
      case "3D000" ->
          failure(
              Exit.CONFIGURATION,
              doing,
              "there is no database \"%s\"".formatted(address.database()),
              "create it, or correct --warehouse",
              error);
      case NO_RIGHT ->
          failure(
              Exit.REFUSED,
              doing,
              said,
              "grant it to %s, or enter as the owner".formatted(address.user()),
              error);
      case "42P07", "42P06" ->
          failure(
              Exit.CONFIGURATION,
              doing,
              said + " and is not ours",
              "rename it, or give Paceline a database of its own",
              error);
      case "55P03", "40001", "40P01" ->
          failure(
              Exit.TRY_AGAIN,
              doing,
              "somebody else holds a lock (" + said + ")",
              "try again",
              error);
      case "53100" ->
          failure(Exit.UNAVAILABLE, doing, said, "make room on the warehouse's disk", error);
      case "53300" ->
          failure(Exit.UNAVAILABLE, doing, said, "try again when others have left", error);
      case "08001" ->
          failure(
              Exit.UNAVAILABLE,
              doing,
              "%s:%d cannot be reached".formatted(address.host(), address.port()),
              "check that Postgres runs there and that --warehouse is right",
              error);
      case "57014", "57P01", "57P02", STARTING_UP ->
          failure(Exit.UNAVAILABLE, doing, said, "try again in a few minutes", error);
      default ->
          state.startsWith("08")
              ? failure(
                  Exit.UNAVAILABLE,
                  doing,
                  "the connection to %s:%d broke".formatted(address.host(), address.port()),
                  "run it again: what was already done is recognised",
                  error)
              : Optional.empty();
    };
  }

  /// The driver refused what server and settings ask of it: a password that is not there, or TLS.
  /// It says which only in words, and those in the language of the machine.
  private static Optional<Failure> rejected(
      String doing, WarehouseAddress address, boolean withPassword, SQLException error) {
    String said = firstLine(error);
    if (withPassword) {
      return failure(Exit.CONFIGURATION, doing, said, "correct sslmode in --warehouse", error);
    }
    return address.parameters().containsKey("sslmode")
        ? failure(
            Exit.REFUSED,
            doing,
            said,
            "set PACELINE_WAREHOUSE_PASSWORD, or correct sslmode in --warehouse",
            error)
        : failure(
            Exit.REFUSED,
            doing,
            "the server wants a password and none is set",
            "set PACELINE_WAREHOUSE_PASSWORD",
            error);
  }

  private static Optional<Failure> failure(
      Exit exit, String doing, String what, String remedy, SQLException cause) {
    return Optional.of(new Failure(exit, doing, what, remedy, cause));
  }

  /// Whether the SQL itself is wrong: its syntax, a name, a type or a value. A right that is
  /// missing is of the same class and no mistake.
  static boolean isMistake(SQLException error) {
    String state = Optional.ofNullable(error.getSQLState()).orElse("");
    return (state.startsWith("42") && !state.equals(NO_RIGHT)) || state.startsWith("22");
  }

  static String firstLine(SQLException error) {
    return FirstLine.of(error).replaceFirst("^(ERROR|FATAL|PANIC): ", "");
  }
}
