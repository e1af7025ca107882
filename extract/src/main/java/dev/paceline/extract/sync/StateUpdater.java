package dev.paceline.extract.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// Enters into an account's state what a record says: that it lives, and which other records should
/// be read because of it. The same whether the record comes from the source or from the log.
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

  /// What hangs on a record goes with it, also what this run does not read.
  void gone(StreamDescription stream, String key) {
    Plan whole = new Plan(plan.api(), plan.api().streams());
    state.remove(
        stream.name(),
        key,
        whole.childrenOf(stream).stream().map(StreamDescription::name).toList());
  }

  /// Epoch seconds; 0 where the record tells no time.
  private static long time(StreamDescription stream, JsonNode record) {
    if (!(stream.pagination() instanceof Pagination.Keyset keyset)) {
      return 0;
    }
    try {
      return Instant.parse(record.path(keyset.field()).asText()).getEpochSecond();
    } catch (DateTimeParseException noTime) {
      return 0;
    }
  }
}
