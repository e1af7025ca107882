package dev.paceline.load.postgres;

import dev.paceline.load.contract.Check;
import dev.paceline.load.ops.CheckResult;
import dev.paceline.load.ops.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Runs the SQL of a check as the server reads it: one query, without parameters, of which no part
/// is interpreted here. It reaches the server as a value, and the server opens a cursor for it,
/// which it refuses for several statements and for one that writes.
final class CheckQuery {

  private static final int EXAMPLES = 5;

  /// Findings per round trip; what a check finds never has to fit into memory.
  private static final int BATCH = 100;

  private static final String OPEN =
      """
      do $paceline$
      declare
          findings refcursor := 'paceline_findings';
      begin
          open findings no scroll for execute current_setting('paceline.check');
      end
      $paceline$
      """;

  private static final String FETCH = "fetch forward %d from paceline_findings".formatted(BATCH);

  private static final Comparator<Finding> BY_ACCOUNT =
      Comparator.comparing(Finding::account, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Finding::what, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final Check check;
  private final TreeSet<Finding> examples = new TreeSet<>(BY_ACCOUNT);
  private final Map<String, Long> accounts = new TreeMap<>();
  private long found;

  private CheckQuery(Check check) {
    this.check = check;
  }

  /// Counts all findings, and keeps the first few.
  ///
  /// @param connection in a read-only transaction
  static CheckResult run(Connection connection, Check check) throws SQLException {
    CheckQuery query = new CheckQuery(check);
    try (PreparedStatement set =
        connection.prepareStatement("select set_config('paceline.check', ?, true)")) {
      set.setString(1, check.sql());
      set.execute();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(OPEN);
      while (query.fetch(statement)) {}
      statement.execute("close paceline_findings");
    }
    return query.result();
  }

  /// Returns whether there may be more.
  private boolean fetch(Statement statement) throws SQLException {
    int rows = 0;
    try (ResultSet batch = statement.executeQuery(FETCH)) {
      while (batch.next()) {
        add(new Finding(batch.getString("account"), batch.getString("what")));
        rows++;
      }
      if (rows == 0) { // a check that finds nothing must have the columns, too
        batch.findColumn("account");
        batch.findColumn("what");
      }
    }
    return rows == BATCH;
  }

  private void add(Finding finding) {
    found++;
    if (finding.account() != null) {
      accounts.merge(finding.account(), 1L, Long::sum);
    }
    examples.add(finding);
    if (examples.size() > EXAMPLES) {
      examples.pollLast();
    }
  }

  private CheckResult result() {
    return new CheckResult(
        check.name(), check.severity().word(), found, examples.stream().toList(), accounts);
  }
}
