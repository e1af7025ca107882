package dev.paceline.load.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlFailuresTest {

  private static final WarehouseAddress ADDRESS =
      WarehouseAddress.parse("postgresql://me@db.example:6543/w", false);

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '~',
      value = {
        "28P01 ~ FATAL: password authentication failed for user \"me\" ~ 77 ~ PACELINE_WAREHOUSE_PASSWORD",
        "08004 ~ The authentication type 7 is not supported. ~ 78 ~ pg_hba.conf",
        "3D000 ~ FATAL: database \"w\" does not exist ~ 78 ~ there is no database \"w\"",
        "42501 ~ ERROR: permission denied for schema ops ~ 77 ~ grant it to me",
        "08001 ~ Connection refused ~ 69 ~ db.example:6543 cannot be reached",
        "08006 ~ An I/O error occurred ~ 69 ~ the connection to db.example:6543 was lost; run it again: work already done is recognised",
        "57P03 ~ FATAL: the database system is starting up ~ 69 ~ the database system is starting up",
        "53100 ~ ERROR: could not extend file ~ 69 ~ free space",
        "25006 ~ ERROR: cannot execute INSERT in a read-only transaction ~ 69 ~ db.example:6543 is read-only",
        "28P01 ~ FATAL: password authentication failed ~ 77 ~ PACELINE_WAREHOUSE_PASSWORD",
        "28001 ~ FATAL: role is not permitted to log in ~ 77 ~ PACELINE_WAREHOUSE_PASSWORD",
        "53200 ~ ERROR: out of memory ~ 69 ~ free what the server lacks",
        "53400 ~ ERROR: configuration limit exceeded ~ 69 ~ free what the server lacks",
        "57014 ~ ERROR: canceling statement due to statement timeout ~ 69 ~ try again",
        "57P04 ~ FATAL: database was dropped ~ 78 ~ there is no database \"w\"",
        "57P05 ~ FATAL: terminating connection due to idle-session timeout ~ 69 ~ try again",
        "58030 ~ ERROR: could not read block ~ 69 ~ the server's log",
        "58P01 ~ ERROR: could not open file ~ 69 ~ the server's log",
        "40003 ~ ERROR: statement completion unknown ~ 75 ~ try again",
        "55P03 ~ ERROR: could not obtain lock ~ 75 ~ try again",
      })
  void failuresSayWhatToDo(String state, String message, int exit, String said) {
    Failure failure =
        SqlFailures.of("Loading", ADDRESS, true, new SQLException(message, state)).orElseThrow();
    assertThat(failure.exit().code()).isEqualTo(exit);
    assertThat(failure.getMessage()).startsWith("Loading: ").contains(said);
  }

  @Test
  void aMissingPasswordIsReportedInWhateverLanguageTheDriverUses() {
    SQLException refused = new SQLException("Der Server verlangt ein Passwort.", "08004");
    assertThat(SqlFailures.of("Loading", ADDRESS, false, refused).orElseThrow())
        .hasMessage(
            "Loading: the server requires a password and none is set; set PACELINE_WAREHOUSE_PASSWORD.")
        .returns(Exit.REFUSED, Failure::exit);
  }

  @Test
  void aMissingPrivilegeIsNotAMistakeInTheSql() {
    assertThat(SqlFailures.isSqlMistake(new SQLException("permission denied", "42501"))).isFalse();
    assertThat(SqlFailures.isSqlMistake(new SQLException("no such table", "42P01"))).isTrue();
    assertThat(SqlFailures.isSqlMistake(new SQLException("division by zero", "22012"))).isTrue();
  }

  @Test
  void aServerThatFailsIsNotAMistakeInTheSql() {
    for (String state : new String[] {"08006", "40001", "53100", "55P03", "57014", "58030"}) {
      assertThat(SqlFailures.isSqlMistake(new SQLException("any", state))).as(state).isFalse();
    }
    assertThat(SqlFailures.isSqlMistake(new SQLException("read-only", "25006"))).isTrue();
    assertThat(SqlFailures.isSqlMistake(new SQLException("raised", "P0001"))).isTrue();
  }

  @Test
  void theCauseOfABatchIsWhatItsEntryFailedWith() {
    BatchUpdateException batch =
        new BatchUpdateException("Batch entry 0 was aborted", "23514", null);
    batch.setNextException(new SQLException("ERROR: could not extend file", "53100"));
    SQLException cause = SqlFailures.cause(new IllegalStateException(batch)).orElseThrow();
    assertThat(SqlFailures.of("Loading", ADDRESS, true, cause).orElseThrow())
        .hasMessageContaining("could not extend file");
  }

  @Test
  void anErrorThatAUserCannotActOnIsABug() {
    assertThat(SqlFailures.of("Loading", ADDRESS, true, new SQLException("syntax error", "42601")))
        .isEmpty();
  }
}
