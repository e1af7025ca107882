package dev.paceline.load.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.paceline.load.ops.CommitRange;
import dev.paceline.load.ops.Published;
import dev.paceline.load.ops.Staged;
import dev.paceline.load.ops.TableChanges;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// `ops.loads`: the successful loads.
public final class LoadHistory {

  private static final TypeReference<Map<String, CommitRange>> COMMITS = new TypeReference<>() {};
  private static final TypeReference<Map<String, TableChanges>> TABLES = new TypeReference<>() {};

  private static final String SELECT =
      "select load_id, finished_at, commits, tables from ops.loads";

  private final Handle handle;
  private final String source;

  LoadHistory(Handle handle, String source) {
    this.handle = handle;
    this.source = source;
  }

  /// Records that a load succeeded.
  public Published write(Staged staged, Map<String, TableChanges> tables) {
    Instant finishedAt =
        handle
            .createQuery(
                """
                insert into ops.loads (load_id, source, started_at, finished_at, commits, tables)
                values (
                    :load_id, :source, :started_at, clock_timestamp(), cast(:commits as jsonb),
                    cast(:tables as jsonb)
                )
                returning finished_at
                """)
            .bind("load_id", staged.loadId())
            .bind("source", source)
            .bind("started_at", staged.startedAt())
            .bind("commits", JsonColumn.write(staged.commits()))
            .bind("tables", JsonColumn.write(tables))
            .map((row, context) -> Timestamps.instant(row, "finished_at"))
            .one();
    return new Published(staged.loadId(), finishedAt, staged.commits(), tables);
  }

  public Optional<Published> find(long loadId) {
    return handle
        .createQuery(SELECT + " where source = :source and load_id = :load_id")
        .bind("source", source)
        .bind("load_id", loadId)
        .map((row, context) -> published(row))
        .findOne();
  }

  public Optional<Published> last() {
    return handle
        .createQuery(SELECT + " where source = :source order by finished_at desc limit 1")
        .bind("source", source)
        .map((row, context) -> published(row))
        .findOne();
  }

  private static Published published(ResultSet row) throws SQLException {
    return new Published(
        row.getLong("load_id"),
        Timestamps.instant(row, "finished_at"),
        JsonColumn.read(row.getString("commits"), COMMITS),
        JsonColumn.read(row.getString("tables"), TABLES));
  }
}
