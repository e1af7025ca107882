package dev.paceline.load.postgres;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// The lines of a stage table whose key occurs more than once in it, in a temporary table: the key,
/// `_account`, `_seq` and whether the line is the last. There are few of them or none, so leaving
/// out those that are not the last is much cheaper than looking for the last line of every key.
final class RepeatedKeys {

  private final Handle handle;
  private final String stage;
  private final List<String> key;
  private final String name;

  private RepeatedKeys(Handle handle, StagedTable table) {
    this.handle = handle;
    this.stage = table.stage().name();
    this.key = TableDefinition.key(table.contract());
    this.name = SqlFragments.quoted(table.contract().table() + "_repeated");
  }

  /// Finds them, once per transaction. They depend on nothing but the stage table.
  static RepeatedKeys find(Handle handle, StagedTable table) {
    RepeatedKeys repeated = new RepeatedKeys(handle, table);
    if (!repeated.areKnown()) {
      repeated.find();
    }
    return repeated;
  }

  private boolean areKnown() {
    return handle
        .createQuery("select to_regclass(:name) is not null")
        .bind("name", "pg_temp." + name)
        .mapTo(boolean.class)
        .one();
  }

  /// Without workers, each of which would group all lines again for a join of nothing.
  private void find() {
    handle.execute("analyze %s (%s, _seq)".formatted(stage, SqlFragments.list(key)));
    handle.execute("set local max_parallel_workers_per_gather = 0");
    handle.execute(
        """
        create temporary table %1$s on commit drop as
        with repeated as (
            select %3$s, max(_seq) as _last
            from %2$s
            group by %3$s
            having count(*) > 1
        )

        select %4$s, staged._seq, staged._seq = repeated._last as _is_last
        from %2$s as staged
        inner join repeated using (%3$s)
        """
            .formatted(name, stage, SqlFragments.list(key), SqlFragments.list("staged", key)));
    handle.execute("set local max_parallel_workers_per_gather to default");
    handle.execute("analyze " + name);
  }

  /// A condition that only the last line of each key meets.
  ///
  /// @param alias of the stage table
  String isLast(String alias) {
    boolean none =
        handle
            .select("select not exists (select from %s)".formatted(name))
            .mapTo(boolean.class)
            .one();
    return none
        ? "true"
        : """
        not exists (
            select from pg_temp.%1$s as repeated
            where
                %2$s._account = repeated._account
                and %2$s._seq = repeated._seq
                and not repeated._is_last
        )\
        """
            .formatted(name, alias);
  }
}
