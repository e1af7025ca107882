package dev.paceline.load.step;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paceline.load.ops.Published;
import dev.paceline.load.ops.Staged;
import dev.paceline.load.ops.TableStatus;
import java.util.Map;
import java.util.Optional;

/// How far a source is loaded from the lake into the warehouse.
///
/// @param lake the lake's id
/// @param filledFrom the id of the lake that the warehouse was filled from, if it was
/// @param initialised whether anything was ever loaded into this warehouse
/// @param tables by table; those that do not exist yet are left out
public record LoadStatus(
    String lake,
    Optional<String> filledFrom,
    boolean initialised,
    Map<String, AccountStatus> accounts,
    Optional<Staged> staged,
    Optional<Published> lastLoad,
    Map<String, TableStatus> tables) {

  /// How far an account's log is loaded.
  ///
  /// @param committed its last commit in the lake
  /// @param published its last commit in the warehouse
  public record AccountStatus(long committed, long published) {

    @JsonProperty
    public long waiting() {
      return Math.max(committed - published, 0);
    }
  }
}
