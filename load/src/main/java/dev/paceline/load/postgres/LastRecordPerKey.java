package dev.paceline.load.postgres;

import java.util.List;

/// The last record of each key in stage, in log order. Found by a narrow grouping and a join, to
/// avoid sorting wide rows.
final class LastRecordPerKey {

  private LastRecordPerKey() {}

  /// The join that restricts `… as staged` to those records.
  ///
  /// @param key including the account
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
