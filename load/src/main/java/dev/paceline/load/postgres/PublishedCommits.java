package dev.paceline.load.postgres;

import dev.paceline.load.ops.LogPosition;
import dev.paceline.load.ops.Staged;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// `ops.published`: how far each account's log is published.
public final class PublishedCommits {

  private final Handle handle;
  private final String source;

  PublishedCommits(Handle handle, String source) {
    this.handle = handle;
    this.source = source;
  }

  /// By account.
  public Map<String, LogPosition> read() {
    return handle
        .createQuery(
            """
            select account, lake, commit_number, run
            from ops.published
            where source = :source
            """)
        .bind("source", source)
        .reduceRows(
            new TreeMap<String, LogPosition>(),
            (positions, row) -> {
              positions.put(
                  row.getColumn("account", String.class),
                  new LogPosition(
                      row.getColumn("lake", String.class),
                      row.getColumn("commit_number", Long.class),
                      row.getColumn("run", String.class)));
              return positions;
            });
  }

  /// Moves every account of a load on to its last commit.
  public void advance(Staged staged) {
    staged
        .commits()
        .forEach((account, range) ->
            handle
                .createUpdate(
                    """
                    insert into ops.published (source, account, lake, commit_number, run, published_at)
                    values (:source, :account, :lake, :number, :run, clock_timestamp())
                    on conflict (source, account) do update
                    set
                        lake = excluded.lake,
                        commit_number = excluded.commit_number,
                        run = excluded.run,
                        published_at = excluded.published_at
                    """)
                .bind("source", source)
                .bind("account", account)
                .bind("lake", staged.lake())
                .bind("number", range.to())
                .bind("run", range.run())
                .execute());
  }
}
