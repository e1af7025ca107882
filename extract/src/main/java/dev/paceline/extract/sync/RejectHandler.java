package dev.paceline.extract.sync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.record.Document;
import dev.paceline.lake.log.Reject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records that could not be had. One that answers with an error for ever, as a corrupt activity
/// does, becomes a reject, and the others go on. But where all fail the source is down and nothing
/// is wrong with the records: so a reject is written only once the source has answered another
/// call.
final class RejectHandler {

  private static final Logger LOG = LoggerFactory.getLogger(RejectHandler.class);

  /// So many in a row, and the source is asked whether it is up.
  private static final int PROBE_AFTER = 3;

  /// So many in a row, and it is down for such records, though it may answer others.
  private static final int GIVE_UP_AFTER = 12;

  private static final int SERVER_ERROR = 500;

  private final String account;
  private final Committer committer;
  private final RunCounters counters;
  private final BooleanSupplier isSourceUp;
  private final List<Rejected> pending = new ArrayList<>();
  private int consecutive;

  /// @param isSourceUp makes a call that a source which is up answers
  RejectHandler(
      String account, Committer committer, RunCounters counters, BooleanSupplier isSourceUp) {
    this.account = account;
    this.committer = committer;
    this.counters = counters;
    this.isSourceUp = isSourceUp;
  }

  /// Another record could be had: the fault lies with those that could not.
  void recordFetched() {
    consecutive = 0;
    write();
  }

  /// Throws (exit 69 or 65) where the fault seems to lie with the source.
  void add(FetchQueue.Entry entry, ApiResponse.Refused<Document> refused) {
    pending.add(new Rejected(entry, refused));
    consecutive++;
    if (pending.size() >= PROBE_AFTER) {
      settle();
    }
    if (consecutive >= GIVE_UP_AFTER) {
      throw down(refused, "they are tried again in a day, the others in the next run");
    }
  }

  /// Finds out whose fault the last ones are.
  void settle() {
    if (!pending.isEmpty() && !isSourceUp.getAsBoolean()) {
      throw down(pending.getLast().refused(), "they stay in the queue");
    }
    write();
  }

  private void write() {
    for (Rejected rejected : pending) {
      FetchQueue.Entry entry = rejected.entry();
      ApiResponse.Refused<Document> refused = rejected.refused();
      String stream = entry.stream().name();
      LOG.warn(
          "{}: {} {} cannot be had ({} {}); the others go on.",
          account,
          stream,
          entry.key(),
          refused.status(),
          refused.reason());
      Reject reject = new Reject(refused.status(), refused.reason(), refused.body());
      committer.reject(keyOf(entry), refused.at(), reject);
      entry.item().failed(refused.at().getEpochSecond());
      counters.rejected(stream);
    }
    pending.clear();
  }

  /// The name of the stream, then the record's key.
  private static String keyOf(FetchQueue.Entry entry) {
    ArrayNode key = JsonNodeFactory.instance.arrayNode().add(entry.stream().name());
    return key.addAll((ArrayNode) PathTemplate.parseKey(entry.key())).toString();
  }

  private Failure down(ApiResponse.Refused<Document> refused, String whatBecomesOfThem) {
    return new Failure(
        refused.status() >= SERVER_ERROR ? Exit.UNAVAILABLE : Exit.UNUSABLE,
        "Reading records of the account %s one by one".formatted(account),
        "%d in a row could not be had, the last one for: %d %s"
            .formatted(consecutive, refused.status(), refused.reason()),
        "try again later; " + whatBecomesOfThem);
  }

  private record Rejected(FetchQueue.Entry entry, ApiResponse.Refused<Document> refused) {}
}
