package dev.paceline.load.step;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;

/// How a source stands between lake and warehouse.
///
/// @param initialised whether anything was ever loaded into this warehouse
/// @param tables by table, as far as there
public record LoadStatus(
    boolean initialised,
    Map<String, AccountStatus> accounts,
    Optional<Staged> staged,
    Optional<Published> lastLoad,
    Map<String, TableStatus> tables) {

  /// An account's log.
  ///
  /// @param committed its last commit in the lake
  /// @param published its last commit in the warehouse
  public record AccountStatus(long committed, long published) {

    @JsonProperty
    public long waiting() {
      return Math.max(committed - published, 0);
    }
  }

  /// A table.
  ///
  /// @param living rows that are not gone at the source
  public record TableStatus(long rows, long living) {}
}
