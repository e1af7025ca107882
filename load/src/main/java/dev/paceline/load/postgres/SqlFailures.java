package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.FirstLine;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/// Turns errors of Postgres that a user can act on into failures. Any other error is a bug in
/// Paceline.
final class SqlFailures {

  static final String STARTING_UP = "57P03";
  private static final String MISSING_PRIVILEGE = "42501";
  private static final String READ_ONLY = "25006";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String DATABASE_DROPPED = "57P04";

  private static final String CONNECTION = "08";
  private static final String CREDENTIALS = "28";
  private static final String ROLLED_BACK = "40";
  private static final String RESOURCES = "53";
  private static final String INTERVENTION = "57";
  private static final String SYSTEM = "58";
  private static final Set<String> OPERATIONAL =
      Set.of(CONNECTION, CREDENTIALS, ROLLED_BACK, RESOURCES, INTERVENTION, SYSTEM);

  private SqlFailures() {}

  /// The SQL error behind an exception, if there is one. That of a batch says only which entry
  /// failed; the reason is the exception after it.
  static Optional<SQLException> cause(Throwable thrown) {
    for (Throwable next = thrown; next != null; next = next.getCause()) {
      if (next instanceof BatchUpdateException batch && batch.getNextException() != null) {
        return Optional.of(batch.getNextException());
      }
      if (next instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  /// The failure that an error stands for, by its SQLSTATE or else by the class of it (the first
  /// two characters; Appendix A of Postgres's manual); empty for what only a bug can cause.
  ///
  /// @param withPassword whether a password was given
  static Optional<Failure> of(
      String doing, WarehouseAddress address, boolean withPassword, SQLException error) {
    String state = state(error);
    String message = firstLine(error);
    return switch (state) {
      case "08001" ->
          failure(
              Exit.UNAVAILABLE,
              doing,
              "%s:%d cannot be reached".formatted(address.host(), address.port()),
              "check that Postgres runs there and that --warehouse is right",
              error);
      case "08004" -> rejected(doing, withPassword, error);
      case "3D000", DATABASE_DROPPED ->
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
      case READ_ONLY ->
          failure(
              Exit.UNAVAILABLE,
              doing,
              "%s:%d is read-only (%s)".formatted(address.host(), address.port(), message),
              "connect to the primary, or make the server writable",
              error);
      case "42P07", "42P06" ->
          failure(
              Exit.CONFIGURATION,
              doing,
              message + " and was not created by Paceline",
              "rename it, or give Paceline a database of its own",
              error);
      case "53100" ->
          failure(Exit.UNAVAILABLE, doing, message, "free space on the warehouse's disk", error);
      case "53300" ->
          failure(
              Exit.UNAVAILABLE,
              doing,
              message,
              "try again when other connections have closed; a load needs two at the same time, and one more for each further table that a stream fills",
              error);
      case LOCK_NOT_AVAILABLE -> locked(doing, message, error);
      default -> ofClass(state, doing, address, message, error);
    };
  }

  private static Optional<Failure> ofClass(
      String state, String doing, WarehouseAddress address, String message, SQLException error) {
    return switch (classOf(state)) {
      case CONNECTION ->
          failure(
              Exit.UNAVAILABLE,
              doing,
              "the connection to %s:%d was lost".formatted(address.host(), address.port()),
              "run it again: work already done is recognised",
              error);
      case CREDENTIALS ->
          failure(
              Exit.REFUSED,
              doing,
              message,
              "correct the user or PACELINE_WAREHOUSE_PASSWORD",
              error);
      case ROLLED_BACK -> locked(doing, message, error);
      case RESOURCES ->
          failure(
              Exit.UNAVAILABLE, doing, message, "free what the server lacks, and try again", error);
      case INTERVENTION ->
          failure(Exit.UNAVAILABLE, doing, message, "try again in a few minutes", error);
      case SYSTEM ->
          failure(Exit.UNAVAILABLE, doing, message, "see the server's log, and try again", error);
      default -> Optional.empty();
    };
  }

  private static Optional<Failure> locked(String doing, String message, SQLException error) {
    return failure(
        Exit.TRY_AGAIN,
        doing,
        "another session holds a lock (" + message + ")",
        "try again",
        error);
  }

  /// The driver cannot sign in as the server requires. That no password is set is by far the most
  /// frequent reason; any other only its message says, in the language of the machine.
  private static Optional<Failure> rejected(
      String doing, boolean withPassword, SQLException error) {
    return withPassword
        ? failure(
            Exit.CONFIGURATION,
            doing,
            firstLine(error),
            "correct how this user signs in, in the server's pg_hba.conf",
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

  /// Whether a query of the user's is wrong, and not the server, the connection or a privilege.
  /// What it must not do, such as writing in a read-only transaction, is its own fault.
  static boolean isSqlMistake(SQLException error) {
    String state = state(error);
    return !OPERATIONAL.contains(classOf(state))
        && !state.equals(MISSING_PRIVILEGE)
        && !state.equals(LOCK_NOT_AVAILABLE);
  }

  private static String state(SQLException error) {
    return Optional.ofNullable(error.getSQLState()).orElse("");
  }

  private static String classOf(String state) {
    return state.substring(0, Math.min(2, state.length()));
  }

  static String firstLine(SQLException error) {
    return FirstLine.of(error).replaceFirst("^(ERROR|FATAL|PANIC): ", "");
  }
}
