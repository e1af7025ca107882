package dev.paceline.load.postgres;

import dev.paceline.load.contract.Check;
import dev.paceline.load.contract.Mode;
import dev.paceline.load.contract.SourceContract;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.rows.StageColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The SQL of a check with the relations it may query, for each table: `<table>_staged` (the lines
/// as they arrived), `<table>_published` (production) and `<table>_next` (stage merged with
/// production: what production will hold). A relation that a check does not use costs nothing.
final class CheckSql {

  private final SourceContract contract;

  CheckSql(SourceContract contract) {
    this.contract = contract;
  }

  String of(Check check) {
    String relations =
        contract.tables().stream().map(this::relations).collect(Collectors.joining(", "));
    return "with %s select account, what from (%s\n) as found order by account, what"
        .formatted(relations, check.sql());
  }

  private String relations(TableContract table) {
    String staged = SqlFragments.quoted(table.table() + "_staged");
    String published = SqlFragments.quoted(table.table() + "_published");
    String next = SqlFragments.quoted(table.table() + "_next");
    return "%s as not materialized (select * from %s), %s as not materialized (select * from %s), %s as not materialized (%s)"
        .formatted(
            staged,
            TableDefinition.stage(contract.source(), table).name(),
            published,
            TableDefinition.production(contract.source(), table).name(),
            next,
            next(table));
  }

  private String next(TableContract table) {
    List<String> columns = new ArrayList<>(table.columnNames());
    columns.add(StageColumns.ACCOUNT);
    columns.add(StageColumns.EXTRACTED_AT);
    columns.add(StageColumns.SEQ);
    if (table.mode() == Mode.HISTORY) {
      columns.add(TableDefinition.DELETED_AT);
      columns.add(TableDefinition.VALID_FROM);
      return HistorySql.next(contract.source(), table, columns);
    }
    return merged(table, columns);
  }

  private String merged(TableContract table, List<String> columns) {
    TableDefinition stage = TableDefinition.stage(contract.source(), table);
    List<String> key = TableDefinition.key(table);
    return """
    select %1$s, case when staged._op = 'delete' then staged._extracted_at end as _deleted_at
    from %2$s as staged
    %3$s
    union all
    select %4$s, published._deleted_at
    from %5$s as published
    where not exists (select from %2$s as staged where %6$s)
    """
        .formatted(
            SqlFragments.list("staged", columns),
            stage.name(),
            LastRecordPerKey.join(stage, key),
            SqlFragments.list("published", columns),
            TableDefinition.production(contract.source(), table).name(),
            SqlFragments.equal("staged", "published", key));
  }
}
