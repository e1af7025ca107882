package dev.paceline.load.postgres;

import java.util.List;

/// The last record of each key in stage, in the order of the logs. Found by a narrow grouping and a
/// join, so that wide rows are never sorted.
final class LastRecordPerKey {

  private LastRecordPerKey() {}

  /// What is joined to `… as staged` to leave only those.
  ///
  /// @param key with the account
  static String join(TableDefinition stage, List<String> key) {
    return """
    inner join (
        select _account, max(_seq) as _seq
        from %s
        group by %s
    ) as last on staged._account = last._account and staged._seq = last._seq
    """
        .formatted(stage.name(), SqlFragments.list(key));
  }
}
