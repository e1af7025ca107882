package dev.paceline.load.postgres;

import dev.paceline.load.contract.Column;
import dev.paceline.load.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Publishes a table of one row a key and version. The versions of every key that is staged are
/// laid out anew from production and stage together, by `_valid_from` and then the log, so it makes
/// no difference in which loads they came: of one moment the last counts, one that says the same as
/// its predecessor is dropped, and a tombstone marks the version that it ends. What comes after a
/// tombstone is a version even where it says the same.
final class History {

  private History() {}

  /// One statement that does it and answers `inserted`, `updated`, `deleted`.
  static String sql(String source, TableContract contract) {
    List<String> key = new ArrayList<>(List.of("_account"));
    key.addAll(contract.key());
    List<String> compared =
        Stream.concat(contract.values().stream().map(Column::name), Stream.of("_rest")).toList();
    List<String> row = Stream.concat(key.stream(), compared.stream()).toList();
    List<String> written =
        Stream.concat(compared.stream(), Stream.of("_extracted_at", "_seq", "_deleted_at"))
            .toList();
    List<String> inserted =
        Stream.concat(Stream.concat(key.stream(), Stream.of("_valid_from")), written.stream())
            .toList();
    String nulls =
        compared.stream()
            .map(name -> "null as " + Sql.quoted(name))
            .collect(Collectors.joining(", "));
    return """
    with touched as (
        select distinct %3$s from %2$s
    ),

    production_rows as (
        select production.* from %1$s as production inner join touched using (%3$s)
    ),

    told as (
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
        select %4$s, _valid_from, _extracted_at, _seq, false as _end from told
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
            case when lead(_end) over log then lead(_extracted_at) over log end as _ended_told
        from compared
        where _kept
        window log as (partition by %3$s order by _valid_from, _seq, _end)
    ),

    versions as (
        select
            %4$s, _valid_from, true as _kept, _deleted_at,
            coalesce(_ended_told, _extracted_at) as _extracted_at,
            coalesce(_ended_seq, _seq) as _seq
        from ended
        where not _end
        union all
        select %4$s, _valid_from, false, null, _extracted_at, _seq from compared where not _kept
    ),

    merged as (
        merge into %1$s as production
        using versions
        on %7$s and production._valid_from = versions._valid_from
        when matched and not versions._kept then
            delete
        when matched and row(%8$s, production._deleted_at) is distinct from row(%9$s, versions._deleted_at) then
            update set %10$s, _loaded_at = now()
        when not matched and versions._kept then
            insert (%11$s, _loaded_at) values (%12$s, now())
        returning merge_action() as action, production._deleted_at is not null as gone
    )

    select
        count(*) filter (where action = 'INSERT') as inserted,
        count(*) filter (where action = 'DELETE' or (action = 'UPDATE' and not gone)) as updated,
        count(*) filter (where action = 'UPDATE' and gone) as deleted
    from merged
    """
        .formatted(
            Layout.production(source, contract).name(),
            Layout.stage(source, contract).name(),
            Sql.list(key),
            Sql.list(row),
            nulls,
            Sql.list(compared),
            Sql.equal("production", "versions", key),
            Sql.list("production", compared),
            Sql.list("versions", compared),
            Sql.assignments("versions", written),
            Sql.list(inserted),
            Sql.list("versions", inserted));
  }
}
