package dev.paceline.load.postgres;

import dev.paceline.load.contract.SourceContract;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// What a step of a load can do in one transaction.
public final class Transaction {

  private final Handle handle;

  Transaction(Handle handle) {
    this.handle = handle;
  }

  /// Creates the schema `ops` if it does not exist; refuses one of another version.
  public void ensureOps() {
    OpsSchema.ensure(handle);
  }

  /// Whether the schema `ops` exists; refuses one of another version.
  public boolean hasOps() {
    return OpsSchema.exists(handle);
  }

  /// Takes the lock for loading a source, or fails if another load holds it. The lock ends with the
  /// transaction.
  public void lock(String source) {
    Locks.lockSource(handle, source);
  }

  /// The time by the warehouse's clock.
  public Instant now() {
    return handle
        .createQuery("select clock_timestamp() as now")
        .map((row, context) -> Timestamps.instant(row, "now"))
        .one();
  }

  public StageLedger stage(String source) {
    return new StageLedger(handle, source);
  }

  public PublishedCommits published(String source) {
    return new PublishedCommits(handle, source);
  }

  public LoadHistory loads(String source) {
    return new LoadHistory(handle, source);
  }

  public SourceTables tables(SourceContract contract) {
    return new SourceTables(handle, contract);
  }

  /// The checks of a source, for the records that a load has staged.
  public Checks checks(SourceContract contract, long loadId) {
    return new Checks(handle, contract, loadId);
  }
}
