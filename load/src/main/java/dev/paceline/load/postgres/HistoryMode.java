package dev.paceline.load.postgres;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Publishes a table of one row per key and version. The versions of every staged key are rebuilt
/// from production and stage, ordered by `_valid_from` and then by the log: the last record for an
/// instant counts, a version equal to its predecessor is dropped, and a tombstone marks the version
/// that it ends. What follows a tombstone is a version even if it equals the one before.
///
/// An account's commits are in order of extraction, so it makes no difference how they are divided
/// into loads. A record that arrives in a later load with an earlier date takes its place among the
/// versions that were kept. A record that an earlier load dropped, because it equalled its
/// predecessor then, does not reappear after it. Loading everything again corrects that.
///
/// @param table with what is staged for it
record HistoryMode(StagedTable table) implements TableMode {

  @Override
  public List<String> ownColumns() {
    return List.of(TableDefinition.VALID_FROM);
  }

  @Override
  public String publish(Handle handle) {
    List<String> key = TableDefinition.key(table.contract());
    List<String> compared = TableDefinition.compared(table.contract());
    List<String> row = row();
    List<String> written =
        Stream.concat(compared.stream(), Stream.of("_extracted_at", "_seq", "_deleted_at"))
            .toList();
    List<String> inserted =
        Stream.concat(Stream.concat(key.stream(), Stream.of("_valid_from")), written.stream())
            .toList();
    return """
    with %1$s,

    versions as (
        select %2$s, _valid_from, _deleted_at, _extracted_at, _seq, true as _kept from kept
        union all
        select %2$s, _valid_from, null, _extracted_at, _seq, false from compared where not _kept
    ),

    merged as (
        merge into %3$s as production
        using versions
        on %4$s and production._valid_from = versions._valid_from
        when matched and not versions._kept then
            delete
        when matched and row(%5$s, production._deleted_at) is distinct from row(%6$s, versions._deleted_at) then
            update set %7$s, _loaded_at = now()
        when not matched and versions._kept then
            insert (%8$s, _loaded_at) values (%9$s, now())
        returning merge_action() as action, production._deleted_at is not null as is_deleted
    )

    select
        count(*) filter (where action = 'INSERT') as inserted,
        count(*) filter (where action = 'DELETE' or (action = 'UPDATE' and not is_deleted)) as updated,
        count(*) filter (where action = 'UPDATE' and is_deleted) as deleted
    from merged
    """
        .formatted(
            rebuilt(),
            SqlFragments.list(row),
            table.production().name(),
            SqlFragments.equal("production", "versions", key),
            SqlFragments.list("production", compared),
            SqlFragments.list("versions", compared),
            SqlFragments.assignments("versions", written),
            SqlFragments.list(inserted),
            SqlFragments.list("versions", inserted));
  }

  /// The versions of the staged keys rebuilt, the others unchanged.
  @Override
  public String next(Handle handle, List<String> columns) {
    return """
    with %1$s

    select %2$s from kept
    union all
    select %3$s
    from %4$s as production
    where not exists (select from touched where %5$s)
    """
        .formatted(
            rebuilt(),
            SqlFragments.list(columns),
            SqlFragments.list("production", columns),
            table.production().name(),
            SqlFragments.equal("touched", "production", TableDefinition.key(table.contract())));
  }

  private List<String> row() {
    return Stream.concat(
            TableDefinition.key(table.contract()).stream(),
            TableDefinition.compared(table.contract()).stream())
        .toList();
  }

  /// The named queries that end in `compared` (everything reported for the staged keys, and whether
  /// it is kept) and `kept` (the versions after publishing).
  private String rebuilt() {
    List<String> compared = TableDefinition.compared(table.contract());
    String nulls =
        compared.stream()
            .map(name -> "null as " + SqlFragments.quoted(name))
            .collect(Collectors.joining(", "));
    return """
    touched as (
        select distinct %3$s from %2$s
    ),

    production_rows as (
        select production.* from %1$s as production inner join touched using (%3$s)
    ),

    reported as (
        select distinct on (%3$s, _valid_from) *
        from (
            select %4$s, _extracted_at as _valid_from, _extracted_at, _seq
            from %2$s
            where _op = 'upsert'
            union all
            select %4$s, _valid_from, _extracted_at, _seq from production_rows
        ) as versions
        order by %3$s, _valid_from, _seq desc
    ),

    events as (
        select %4$s, _valid_from, _extracted_at, _seq, false as _end from reported
        union all
        select %3$s, %5$s, _extracted_at, _extracted_at, _seq, true from %2$s where _op = 'delete'
        union all
        select %3$s, %5$s, _deleted_at, _extracted_at, _seq, true
        from production_rows where _deleted_at is not null
    ),

    compared as (
        select
            *,
            _end or coalesce(lag(_end) over log, true)
            or row(%6$s) is distinct from lag(row(%6$s)) over log as _kept
        from events
        window log as (partition by %3$s order by _valid_from, _seq, _end)
    ),

    ended as (
        select
            *,
            case when lead(_end) over log then lead(_valid_from) over log end as _deleted_at,
            case when lead(_end) over log then lead(_seq) over log end as _ended_seq,
            case when lead(_end) over log then lead(_extracted_at) over log end as _ended_extracted_at
        from compared
        where _kept
        window log as (partition by %3$s order by _valid_from, _seq, _end)
    ),

    kept as (
        select
            %4$s, _valid_from, _deleted_at,
            coalesce(_ended_extracted_at, _extracted_at) as _extracted_at,
            coalesce(_ended_seq, _seq) as _seq
        from ended
        where not _end
    )\
    """
        .formatted(
            table.production().name(),
            table.stage().name(),
            SqlFragments.list(TableDefinition.key(table.contract())),
            SqlFragments.list(row()),
            nulls,
            SqlFragments.list(compared));
  }
}
