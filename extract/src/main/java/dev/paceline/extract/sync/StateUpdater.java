package dev.paceline.extract.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.record.RecordKey;
import dev.paceline.extract.record.SourceRecord;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Updates an account's state from a record: the record exists, and other records should be read
/// because of it. The result is the same whether the record comes from the source or from the log.
final class StateUpdater {

  private static final Logger LOG = LoggerFactory.getLogger(StateUpdater.class);

  private final Plan plan;
  private final AccountState state;

  StateUpdater(Plan plan, AccountState state) {
    this.plan = plan;
    this.state = state;
  }

  void listed(StreamDescription stream, SourceRecord record) {
    String key = record.key();
    seen(stream, record);
    for (StreamDescription child : plan.childrenOf(stream)) {
      state.item(child.name(), key).request(RefetchKey.of(child, stream, record));
    }
    for (StreamDescription child : plan.refetchedBy(stream)) {
      state.refetchAll(child.name(), RefetchKey.of(child, stream, record));
    }
    for (StreamDescription child : plan.withIdsIn(stream)) {
      String refetchKey = state.refetchKey(child.name());
      if (refetchKey != null) {
        RefetchKey.ids(child, stream, record).stream()
            .map(StateUpdater::keyOf)
            .filter(id -> isAllowed(child, id))
            .forEach(id -> state.item(child.name(), id).request(refetchKey));
      }
    }
  }

  /// Notes that a record exists, but nothing of its content: a misfit causes no calls.
  void seen(StreamDescription stream, SourceRecord record) {
    state.listing(stream.name()).seen(record.key(), record.hash(), time(stream, record));
  }

  private static String keyOf(JsonNode id) {
    return JsonNodeFactory.instance.arrayNode().add(id).toString();
  }

  /// What is longer than a key may be is not an id.
  private static boolean isAllowed(StreamDescription child, String key) {
    boolean allowed = RecordKey.isAllowed(key);
    if (!allowed) {
      LOG.warn("{}: an id of {} characters is ignored.", child.name(), key.length());
    }
    return allowed;
  }

  /// Removes a record with its child records, including those of streams that this run does not
  /// read.
  void deleted(StreamDescription stream, String key) {
    Plan allStreams = new Plan(plan.api(), plan.api().streams());
    state.remove(
        stream.name(),
        key,
        allStreams.childrenOf(stream).stream().map(StreamDescription::name).toList());
  }

  /// The time of a record in epoch seconds; 0 if it has none.
  private static long time(StreamDescription stream, SourceRecord record) {
    if (!(stream.pagination() instanceof Pagination.Keyset keyset)) {
      return 0;
    }
    try {
      return record
          .text(keyset.field())
          .map(Instant::parse)
          .map(Instant::getEpochSecond)
          .orElse(0L);
    } catch (DateTimeParseException notATime) {
      return 0;
    }
  }
}
