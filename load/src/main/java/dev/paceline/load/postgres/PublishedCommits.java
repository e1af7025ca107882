package dev.paceline.load.postgres;

import dev.paceline.load.step.CommitRange;
import dev.paceline.load.step.LogPosition;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// `ops.published`: how far each account's log is published.
final class PublishedCommits {

  private PublishedCommits() {}

  static Map<String, LogPosition> read(Handle handle, String source) {
    return handle
        .createQuery("select account, commit_number, run from ops.published where source = :source")
        .bind("source", source)
        .reduceRows(
            new TreeMap<String, LogPosition>(),
            (positions, row) -> {
              positions.put(
                  row.getColumn("account", String.class),
                  new LogPosition(
                      row.getColumn("commit_number", Long.class),
                      row.getColumn("run", String.class)));
              return positions;
            });
  }

  static void advance(Handle handle, String source, Map<String, CommitRange> commits) {
    commits.forEach((account, range) ->
        handle
            .createUpdate(
                """
                insert into ops.published (source, account, commit_number, run, published_at)
                values (:source, :account, :number, :run, clock_timestamp())
                on conflict (source, account) do update
                set
                    commit_number = excluded.commit_number,
                    run = excluded.run,
                    published_at = excluded.published_at
                """)
            .bind("source", source)
            .bind("account", account)
            .bind("number", range.to())
            .bind("run", range.run())
            .execute());
  }
}
