package dev.paceline.load.postgres;

import dev.paceline.load.contract.TableContract;

/// A table of a source, and the stage table that one load has for it.
record StagedTable(String source, TableContract contract, long loadId) {

  TableDefinition production() {
    return TableDefinition.production(source, contract);
  }

  TableDefinition stage() {
    return TableDefinition.stage(source, contract, loadId);
  }
}
