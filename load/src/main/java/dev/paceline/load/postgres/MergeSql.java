package dev.paceline.load.postgres;

import dev.paceline.load.contract.TableContract;
import java.util.List;
import java.util.stream.Stream;

/// Publishes a table of one row per key: the last record of each key wins, a row that already
/// equals it is left alone, a tombstone marks its row, and a later record restores the row.
final class MergeSql {

  private MergeSql() {}

  /// One statement that publishes and returns `inserted`, `updated`, `deleted`.
  static String sql(String source, TableContract contract) {
    TableDefinition production = TableDefinition.production(source, contract);
    TableDefinition stage = TableDefinition.stage(source, contract);
    List<String> key = TableDefinition.key(contract);
    List<String> compared = TableDefinition.compared(contract);
    List<String> written =
        Stream.concat(compared.stream(), Stream.of("_extracted_at", "_seq")).toList();
    List<String> inserted = Stream.concat(key.stream(), written.stream()).toList();
    return """
    with merged as (
        merge into %1$s as production
        using (select staged.* from %2$s as staged %3$s) as staged
        on %4$s
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
            LastRecordPerKey.join(stage, key),
            SqlFragments.equal("production", "staged", key),
            SqlFragments.list("production", compared),
            SqlFragments.list("staged", compared),
            SqlFragments.assignments("staged", written),
            SqlFragments.list(inserted),
            SqlFragments.list("staged", inserted));
  }
}
