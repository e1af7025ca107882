package dev.paceline.extract.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// Updates an account's state from a record: the record exists, and other records should be read
/// because of it. The result is the same whether the record comes from the source or from the log.
final class StateUpdater {

  private final Plan plan;
  private final AccountState state;

  StateUpdater(Plan plan, AccountState state) {
    this.plan = plan;
    this.state = state;
  }

  void listed(StreamDescription stream, String key, JsonNode record, String hash) {
    state.listing(stream.name()).seen(key, hash, time(stream, record));
    for (StreamDescription child : plan.childrenOf(stream)) {
      state.item(child.name(), key).request(RefetchKey.of(child, stream, record));
    }
    for (StreamDescription child : plan.refetchedBy(stream)) {
      state.refetchAll(child.name(), RefetchKey.of(child, stream, record));
    }
    for (StreamDescription child : plan.withIdsIn(stream)) {
      String refetchKey = state.refetchKey(child.name());
      if (refetchKey != null) {
        RefetchKey.ids(child, stream, record)
            .forEach(id -> state.item(child.name(), keyOf(id)).request(refetchKey));
      }
    }
  }

  private static String keyOf(JsonNode id) {
    return JsonNodeFactory.instance.arrayNode().add(id).toString();
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
  private static long time(StreamDescription stream, JsonNode record) {
    if (!(stream.pagination() instanceof Pagination.Keyset keyset)) {
      return 0;
    }
    try {
      return Instant.parse(record.path(keyset.field()).asText()).getEpochSecond();
    } catch (DateTimeParseException notATime) {
      return 0;
    }
  }
}
