package dev.paceline.load.postgres;

import dev.paceline.load.contract.Column;
import dev.paceline.load.contract.TableContract;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Publishes a table of one row a key and version. The versions of every key that is staged are
/// laid out anew from production and stage together, by `_valid_from` and then the log: of one
/// moment the last counts, one that says the same as its predecessor is dropped, and a tombstone
/// marks the version that it ends. What comes after a tombstone is a version even where it says the
/// same.
///
/// An account's commits are in order of extraction, and then it makes no difference into how many
/// loads they fall. A record that comes in a later load and is dated earlier takes its place among
/// the versions that are kept; one that an earlier load dropped, because it said the same as its
/// predecessor then, is not there to be reported again behind it. Loading everything anew heals
/// that.
final class HistorySql {

  private HistorySql() {}

  /// One statement that does it and answers `inserted`, `updated`, `deleted`.
  static String sql(String source, TableContract contract) {
    List<String> key = key(contract);
    List<String> compared = compared(contract);
    List<String> row = row(contract);
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
        returning merge_action() as action, production._deleted_at is not null as gone
    )

    select
        count(*) filter (where action = 'INSERT') as inserted,
        count(*) filter (where action = 'DELETE' or (action = 'UPDATE' and not gone)) as updated,
        count(*) filter (where action = 'UPDATE' and gone) as deleted
    from merged
    """
        .formatted(
            laidOut(source, contract),
            SqlFragments.list(row),
            TableDefinition.production(source, contract).name(),
            SqlFragments.equal("production", "versions", key),
            SqlFragments.list("production", compared),
            SqlFragments.list("versions", compared),
            SqlFragments.assignments("versions", written),
            SqlFragments.list(inserted),
            SqlFragments.list("versions", inserted));
  }

  /// A query of the versions that there will be: those of the staged keys laid out anew, the others
  /// as they are.
  ///
  /// @param columns which columns it shall have
  static String next(String source, TableContract contract, List<String> columns) {
    return """
    with %1$s

    select %2$s from kept
    union all
    select %3$s
    from %4$s as production
    where not exists (select from touched where %5$s)
    """
        .formatted(
            laidOut(source, contract),
            SqlFragments.list(columns),
            SqlFragments.list("production", columns),
            TableDefinition.production(source, contract).name(),
            SqlFragments.equal("touched", "production", key(contract)));
  }

  private static List<String> key(TableContract contract) {
    return Stream.concat(Stream.of("_account"), contract.key().stream()).toList();
  }

  private static List<String> compared(TableContract contract) {
    return Stream.concat(contract.values().stream().map(Column::name), Stream.of("_rest")).toList();
  }

  private static List<String> row(TableContract contract) {
    return Stream.concat(key(contract).stream(), compared(contract).stream()).toList();
  }

  /// The named queries that end in `compared` (all that was reported of the staged keys, and what
  /// of it is kept) and `kept` (the versions that there will be).
  private static String laidOut(String source, TableContract contract) {
    List<String> compared = compared(contract);
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
            TableDefinition.production(source, contract).name(),
            TableDefinition.stage(source, contract).name(),
            SqlFragments.list(key(contract)),
            SqlFragments.list(row(contract)),
            nulls,
            SqlFragments.list(compared));
  }
}
