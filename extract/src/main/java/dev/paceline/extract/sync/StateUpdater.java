package dev.paceline.extract.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.api.StreamDescription.Child;
import dev.paceline.extract.api.StreamDescription.Listing;
import dev.paceline.extract.record.JsonSlice;
import dev.paceline.extract.record.Misfit;
import dev.paceline.extract.record.RecordKey;
import dev.paceline.extract.record.SourceRecord;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Updates an account's state from a record: the record exists, and other records should be read
/// because of it. The result is the same whether the record comes from the source or from the log.
final class StateUpdater {

  private static final Logger LOG = LoggerFactory.getLogger(StateUpdater.class);

  /// In place of a listing's number, for ids that one record names.
  private static final int OF_ONE_RECORD = 0;

  /// Not the number of any listing.
  private static final int NO_LISTING = -1;

  private final Plan plan;
  private final Plan allStreams;
  private final AccountState state;

  StateUpdater(Plan plan, AccountState state) {
    this.plan = plan;
    this.allStreams = Plan.ofAll(plan.api());
    this.state = state;
  }

  /// Notes a record of a listing, and what should be read because of it.
  void listed(Listing stream, SourceRecord record) {
    seen(stream, record);
    if (plan.isIdentity(stream)) {
      state.identifiedBy(record.key());
      forgetOthers(stream, record.key());
    }
    request(plan, stream, record, state.listing(stream.name()).number());
  }

  /// Only one record identifies the account: the one before is no longer asked for.
  private void forgetOthers(Listing identity, String key) {
    List.copyOf(state.listing(identity.name()).records().keySet()).stream()
        .filter(other -> !other.equals(key))
        .forEach(other -> deleted(identity, other));
  }

  /// Notes that a record exists, but nothing of its content.
  void seen(Listing stream, SourceRecord record) {
    state.listing(stream.name()).seen(record.key(), record.hash(), time(stream, record));
  }

  /// Notes that a record exists that exceeds a limit. It causes no calls.
  void misfit(Listing stream, SourceRecord record, Misfit misfit, Instant at) {
    state
        .listing(stream.name())
        .seenMisfit(record.key(), record.hash(), time(stream, record), at, misfit.reason());
  }

  /// Notes that a record was read by a call of its own, and what should be read because of it.
  void read(Child stream, String key, String hash, JsonSlice json, Instant at) {
    state.item(stream.name(), key).readAs(hash, at);
    // A listing shows its records in every run, this one only now: for streams read later, too.
    if (allStreams.hasChildren(stream)) {
      request(allStreams, stream, new SourceRecord(key, json, hash, null), OF_ONE_RECORD);
    }
  }

  /// Notes that a record that is read by a call of its own does not exist, and forgets what was
  /// read because of it.
  void absent(Child stream, String key, Instant at) {
    state.item(stream.name(), key).readAs(null, at);
    forgetChildren(stream, key);
  }

  private void request(Plan of, StreamDescription stream, SourceRecord record, int listing) {
    for (Child child : of.childrenOf(stream)) {
      ItemState item = state.item(child.name(), record.key());
      item.request(RefetchKey.of(child, stream, record));
      item.consistsOf(ChildCost.toRemember(child, record));
    }
    for (Child child : allStreams.refetchedBy(stream)) {
      state.refetchAll(child.name(), RefetchKey.of(child, stream, record));
    }
    for (Child child : of.withIdsIn(stream)) {
      requestNamed(child, stream, record, listing);
    }
  }

  private void requestNamed(
      Child child, StreamDescription stream, SourceRecord record, int listing) {
    String refetchKey = state.refetchKey(child.name());
    Set<String> ids =
        RefetchKey.ids(child, stream, record).stream()
            .map(StateUpdater::keyOf)
            .filter(id -> isAllowed(child, id))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    String namer = namer(stream, record.key());
    if (stream instanceof Child) {
      unname(child, namer, ids);
    }
    ids.forEach(id -> state.item(child.name(), id).requestByName(refetchKey, namer, listing));
  }

  /// Forgets that a record which was read by a call of its own names any but these ids.
  private void unname(Child child, String namer, Set<String> except) {
    state
        .items(child.name())
        .forEach((id, item) -> {
          if (!except.contains(id)) {
            item.unlessNamedBy(namer, NO_LISTING);
          }
        });
  }

  /// Whose names are forgotten together: those of a whole listing, or of one record.
  private static String namer(StreamDescription stream, String key) {
    return switch (stream) {
      case Listing listing -> listing.name();
      case Child child -> child.name() + key;
    };
  }

  /// Notes the end of a complete listing: what none of its records names is no longer asked for.
  void completed(Listing stream) {
    ListingState listing = state.listing(stream.name());
    if (stream.deletionRule().isEmpty()) {
      listing.unseen().forEach(key -> deleted(stream, key)); // the lake keeps them
    }
    for (Child child : plan.withIdsIn(stream)) {
      state
          .items(child.name())
          .values()
          .forEach(item -> item.unlessNamedBy(stream.name(), listing.number()));
    }
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

  /// Forgets a record and its child records, including those of streams that this run does not
  /// read.
  void deleted(Listing stream, String key) {
    state.listing(stream.name()).records().remove(key);
    forgetChildren(stream, key);
  }

  private void forgetChildren(StreamDescription stream, String key) {
    if (stream instanceof Child) {
      allStreams.withIdsIn(stream).forEach(child -> unname(child, namer(stream, key), Set.of()));
    }
    for (Child child : allStreams.childrenOf(stream)) {
      state.items(child.name()).remove(key);
      forgetChildren(child, key);
    }
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
