package dev.paceline.load.postgres;

import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Publishes a table of one row per key: the last record of each key wins, a row that already
/// equals it is left alone, a tombstone marks its row, and a later record restores the row.
///
/// A record never overwrites a row of a later one: `_seq` is compared.
///
/// @param table with what is staged for it
record MergeMode(StagedTable table) implements TableMode {

  @Override
  public List<String> ownColumns() {
    return List.of();
  }

  @Override
  public String publish(Handle handle) {
    TableDefinition production = table.production();
    TableDefinition stage = table.stage();
    List<String> key = TableDefinition.key(table.contract());
    List<String> compared = TableDefinition.compared(table.contract());
    List<String> written =
        Stream.concat(compared.stream(), Stream.of("_extracted_at", "_seq")).toList();
    List<String> inserted = Stream.concat(key.stream(), written.stream()).toList();
    return """
    with merged as (
        merge into %1$s as production
        using (select staged.* from %2$s as staged where %3$s) as staged
        on %4$s
        when matched and staged._seq < production._seq then
            do nothing
        when matched and staged._op = 'delete' and production._deleted_at is null then
            update set
                _deleted_at = staged._extracted_at,
                _extracted_at = staged._extracted_at,
                _seq = staged._seq,
                _loaded_at = now()
        when matched and staged._op = 'upsert' and (
            production._deleted_at is not null
            or row(%5$s) is distinct from row(%6$s)
        ) then
            update set %7$s, _deleted_at = null, _loaded_at = now()
        when not matched and staged._op = 'upsert' then
            insert (%8$s, _loaded_at) values (%9$s, now())
        returning merge_action() as action, production._deleted_at is not null as is_deleted
    )
    select
        count(*) filter (where action = 'INSERT') as inserted,
        count(*) filter (where action = 'UPDATE' and not is_deleted) as updated,
        count(*) filter (where action = 'UPDATE' and is_deleted) as deleted
    from merged
    """
        .formatted(
            production.name(),
            stage.name(),
            RepeatedKeys.find(handle, table).isLast("staged"),
            SqlFragments.equal("production", "staged", key),
            SqlFragments.list("production", compared),
            SqlFragments.list("staged", compared),
            SqlFragments.assignments("staged", written),
            SqlFragments.list(inserted),
            SqlFragments.list("staged", inserted));
  }

  @Override
  public String next(Handle handle, List<String> columns) {
    TableDefinition production = table.production();
    TableDefinition stage = table.stage();
    String key = SqlFragments.equal("staged", "published", TableDefinition.key(table.contract()));
    boolean mayBeOlder = mayBeOlder(handle, production);
    return """
    select %1$s
    from (
        select
            staged.*,
            case when staged._op = 'delete' then staged._extracted_at end as _deleted_at
        from %2$s as staged
    ) as staged
    where %3$s%4$s
    union all
    select %5$s
    from %6$s as published
    where not exists (select from %2$s as staged where %7$s%8$s)
    """
        .formatted(
            SqlFragments.list("staged", columns),
            stage.name(),
            RepeatedKeys.find(handle, table).isLast("staged"),
            mayBeOlder
                ? " and not exists (select from %s as published where %s and staged._seq < published._seq)"
                    .formatted(production.name(), key)
                : "",
            SqlFragments.list("published", columns),
            production.name(),
            key,
            mayBeOlder ? " and staged._seq >= published._seq" : "");
  }

  /// Whether a staged record may be older than its row in production: a log is loaded again. To
  /// compare all records with their rows takes as long as a check.
  private boolean mayBeOlder(Handle handle, TableDefinition production) {
    return handle
        .createQuery(
            """
            select exists (
                select from ops.stage
                cross join jsonb_each(stage.commits) as staged (account, range)
                left join
                    ops.published
                    on published.source = stage.source and published.account = staged.account
                where
                    stage.source = :source
                    and coalesce(published.commit_number >= (staged.range ->> 'from')::bigint, true)
                    and exists (
                        select from %s as production where production._account = staged.account
                    )
            )
            """
                .formatted(production.name()))
        .bind("source", table.source())
        .mapTo(boolean.class)
        .one();
  }
}
