package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.record.Content;
import dev.paceline.lake.log.Reject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Handles records that could not be read. One that permanently returns an error, as a corrupt
/// activity does, becomes a reject, and the other records are still read. But if all records fail,
/// the source is down and the records are fine. So a reject is written only after the source has
/// answered another call successfully.
final class RejectHandler {

  /// After this many consecutive failures, another call checks whether the source is up.
  private static final int PROBE_AFTER = 3;

  /// After this many consecutive failures, the source is considered down for such records, even if
  /// other calls succeed.
  private static final int GIVE_UP_AFTER = 12;

  private static final int SERVER_ERROR = 500;

  private final String account;
  private final RejectWriter writer;
  private final BooleanSupplier isSourceUp;
  private final List<Rejected> pending = new ArrayList<>();
  private int consecutive;

  /// @param isSourceUp checks the source with another call
  RejectHandler(String account, RejectWriter writer, BooleanSupplier isSourceUp) {
    this.account = account;
    this.writer = writer;
    this.isSourceUp = isSourceUp;
  }

  /// Another record could be read, so the failed records themselves are at fault.
  void recordFetched() {
    consecutive = 0;
    write();
  }

  /// Rejects a record that the source has, but that exceeds a limit: the source is not at fault.
  void add(FetchQueue.Entry entry, Content.TooMuch tooMuch, Instant at) {
    recordFetched();
    writer.write(entry.stream().name(), entry.key(), at, tooMuch.reason(), tooMuch.beginning());
    entry.item().failed(at.getEpochSecond());
  }

  /// Throws (exit 69 or 65) if the source seems to be at fault.
  void add(FetchQueue.Entry entry, ApiResponse.Refused<Content> refused) {
    pending.add(new Rejected(entry, refused));
    consecutive++;
    if (pending.size() >= PROBE_AFTER) {
      flush();
    }
    if (consecutive >= GIVE_UP_AFTER) {
      throw sourceDown(refused, "they are tried again in a day, the others in the next run");
    }
  }

  /// Decides whether the pending records or the source are at fault.
  void flush() {
    if (!pending.isEmpty() && !isSourceUp.getAsBoolean()) {
      throw sourceDown(pending.getLast().refused(), "they stay in the queue");
    }
    write();
  }

  private void write() {
    for (Rejected rejected : pending) {
      FetchQueue.Entry entry = rejected.entry();
      ApiResponse.Refused<Content> refused = rejected.refused();
      Reject reject = new Reject(refused.status(), refused.reason(), refused.body());
      writer.write(entry.stream().name(), entry.key(), refused.at(), reject);
      entry.item().failed(refused.at().getEpochSecond());
    }
    pending.clear();
  }

  private Failure sourceDown(ApiResponse.Refused<Content> refused, String consequence) {
    return new Failure(
        refused.status() >= SERVER_ERROR ? Exit.UNAVAILABLE : Exit.UNUSABLE,
        "Reading records of the account %s one by one".formatted(account),
        "%d in a row could not be read, the last with %d %s"
            .formatted(consecutive, refused.status(), refused.reason()),
        "try again later; " + consequence);
  }

  private record Rejected(FetchQueue.Entry entry, ApiResponse.Refused<Content> refused) {}
}
