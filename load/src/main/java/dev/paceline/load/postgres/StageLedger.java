package dev.paceline.load.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.step.CommitRange;
import dev.paceline.load.step.Staged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/// `ops.stage`, and whether the stage tables still hold what it records.
final class StageLedger {

  private static final TypeReference<Map<String, CommitRange>> COMMITS = new TypeReference<>() {};
  private static final TypeReference<Map<String, Long>> ROWS = new TypeReference<>() {};

  private final Handle handle;
  private final String source;

  StageLedger(Handle handle, String source) {
    this.handle = handle;
    this.source = source;
  }

  long nextLoadId() {
    return handle.select("select nextval('ops.load_ids')").mapTo(long.class).one();
  }

  /// Records what is staged, in place of what was staged before.
  void write(Staged staged) {
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
  void recordOutcome(boolean passed) {
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

  void delete() {
    handle
        .createUpdate("delete from ops.stage where source = :source")
        .bind("source", source)
        .execute();
  }

  Optional<Staged> find() {
    return query("");
  }

  /// The row, locked until the end of the transaction, and verified against the tables.
  ///
  /// @param doing for messages
  /// @param loadId the load it must be; any if empty
  Staged lock(String doing, SourceContract contract, OptionalLong loadId) {
    Locks.lockSource(handle, source);
    Staged staged = query(" for update nowait").orElseThrow(() -> nothingStaged(doing));
    if (loadId.isPresent() && loadId.getAsLong() != staged.loadId()) {
      throw tryAgain(
          doing,
          "load %d is no longer staged, load %d is".formatted(loadId.getAsLong(), staged.loadId()),
          "leave it to that load, or run load stage " + source);
    }
    for (TableContract table : contract.tables()) {
      refuseLost(doing, staged, table);
    }
    return staged;
  }

  /// A step whose response was lost may already have published the load.
  private Failure nothingStaged(String doing) {
    String remedy = "run load stage " + source;
    return LoadHistory.last(handle, source)
        .map(last ->
            tryAgain(
                doing,
                "nothing is staged; load %d was published at %s and may be the one you mean"
                    .formatted(last.loadId(), last.finishedAt().truncatedTo(ChronoUnit.SECONDS)),
                "see load status %s; to load what is new, %s".formatted(source, remedy)))
        .orElseGet(() -> tryAgain(doing, "nothing is staged", remedy));
  }

  private void refuseLost(String doing, Staged staged, TableContract table) {
    long written = staged.rows().getOrDefault(table.table(), 0L);
    if (written == 0) {
      return;
    }
    TableDefinition definition = TableDefinition.stage(source, table);
    Tables tables = new Tables(handle);
    String remedy = "run load stage %s to stage it again".formatted(source);
    if (!tables.matches(definition)) {
      throw tryAgain(
          doing,
          "the stage of load %d was lost or belongs to another version: %s does not match its contract"
              .formatted(staged.loadId(), definition.plainName()),
          remedy);
    }
    long found = tables.count(definition);
    if (found != written) {
      throw tryAgain(
          doing,
          "the stage of load %d was lost: %s holds %d of its %d rows, as happens after a Postgres crash"
              .formatted(staged.loadId(), definition.plainName(), found, written),
          remedy);
    }
  }

  private static Failure tryAgain(String doing, String what, String remedy) {
    return new Failure(Exit.TRY_AGAIN, doing, what, remedy);
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

  /// The time by the warehouse's clock.
  Instant now() {
    return handle
        .createQuery("select clock_timestamp() as now")
        .map((row, context) -> Timestamps.instant(row, "now"))
        .one();
  }
}
