package dev.paceline.load.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.paceline.load.ops.CommitRange;
import dev.paceline.load.ops.Staged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// `ops.stage`: what is staged of a source.
public final class StageLedger {

  private static final TypeReference<Map<String, CommitRange>> COMMITS = new TypeReference<>() {};
  private static final TypeReference<Map<String, Long>> ROWS = new TypeReference<>() {};

  private final Handle handle;
  private final String source;

  StageLedger(Handle handle, String source) {
    this.handle = handle;
    this.source = source;
  }

  public long nextLoadId() {
    return handle.select("select nextval('ops.load_ids')").mapTo(long.class).one();
  }

  /// Records what is staged, in place of what was staged before.
  public void write(Staged staged) {
    handle
        .createUpdate(
            """
            insert into ops.stage (source, load_id, lake, commits, tables, started_at, staged_at)
            values (
                :source, :load_id, :lake, cast(:commits as jsonb), cast(:tables as jsonb),
                :started_at, :staged_at
            )
            on conflict (source) do update
            set
                load_id = excluded.load_id,
                lake = excluded.lake,
                commits = excluded.commits,
                tables = excluded.tables,
                started_at = excluded.started_at,
                staged_at = excluded.staged_at,
                passed_at = null
            """)
        .bind("source", source)
        .bind("load_id", staged.loadId())
        .bind("lake", staged.lake())
        .bind("commits", JsonColumn.write(staged.commits()))
        .bind("tables", JsonColumn.write(staged.rows()))
        .bind("started_at", staged.startedAt())
        .bind("staged_at", staged.stagedAt())
        .execute();
  }

  /// Records whether the checks passed; a halt revokes an earlier pass.
  public void recordOutcome(boolean passed) {
    handle
        .createUpdate(
            """
            update ops.stage
            set passed_at = case when :passed then clock_timestamp() end
            where source = :source
            """)
        .bind("passed", passed)
        .bind("source", source)
        .execute();
  }

  public void delete() {
    handle
        .createUpdate("delete from ops.stage where source = :source")
        .bind("source", source)
        .execute();
  }

  public Optional<Staged> find() {
    return query("");
  }

  /// The row, locked until the end of the transaction.
  public Optional<Staged> findAndLock() {
    return query(" for update nowait");
  }

  private Optional<Staged> query(String lock) {
    return handle
        .createQuery(
            """
            select load_id, lake, commits, tables, started_at, staged_at, passed_at
            from ops.stage
            where source = :source
            """
                + lock)
        .bind("source", source)
        .map((row, context) -> staged(row))
        .findOne();
  }

  private static Staged staged(ResultSet row) throws SQLException {
    return new Staged(
        row.getLong("load_id"),
        row.getString("lake"),
        JsonColumn.read(row.getString("commits"), COMMITS),
        JsonColumn.read(row.getString("tables"), ROWS),
        Timestamps.instant(row, "started_at"),
        Timestamps.instant(row, "staged_at"),
        Timestamps.nullable(row, "passed_at"));
  }
}
