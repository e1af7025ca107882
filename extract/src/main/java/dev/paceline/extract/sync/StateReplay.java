package dev.paceline.extract.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.api.StreamDescription.Child;
import dev.paceline.extract.api.StreamDescription.Listing;
import dev.paceline.extract.record.JsonSlice;
import dev.paceline.extract.record.RecordKey;
import dev.paceline.extract.record.SourceRecord;
import java.util.Optional;

/// Brings a state up to date with the lines of the log, as the run that wrote them did.
final class StateReplay {

  private final Plan plan;
  private final AccountState state;
  private final StateUpdater updater;

  /// @param plan all streams of the source
  StateReplay(Plan plan, AccountState state) {
    this.plan = plan;
    this.state = state;
    this.updater = new StateUpdater(plan, state);
  }

  /// Applies a line of a stream.
  void record(StreamDescription stream, JsonSlice line) throws MalformedLine {
    CommittedRecord committed = CommittedRecord.parse(line);
    switch (stream) {
      case Listing listing -> listed(listing, committed);
      case Child child -> read(child, committed);
    }
  }

  private void listed(Listing stream, CommittedRecord committed) throws MalformedLine {
    Optional<SourceRecord> record = committed.record();
    if (record.isPresent()) {
      updater.listed(stream, record.get());
    } else {
      updater.deleted(stream, committed.key());
    }
  }

  private void read(Child stream, CommittedRecord committed) throws MalformedLine {
    String hash = committed.documentHash();
    JsonSlice data = committed.data();
    if (hash != null && data != null) {
      updater.read(stream, committed.key(), hash, data, committed.extractedAt());
    } else {
      updater.absent(stream, committed.key(), committed.extractedAt());
    }
  }

  /// Applies a line of `_rejected`, whose key is the name of a stream, and the key of its record if
  /// it is not the listing itself.
  void reject(JsonSlice line) throws MalformedLine {
    CommittedReject reject = CommittedReject.parse(line);
    JsonNode named = PathTemplate.parseKey(reject.key());
    String name = named.path(0).asText();
    for (StreamDescription stream : plan.streams()) {
      if (stream.name().equals(name)) {
        apply(stream, keyWithoutStream(named), reject);
      }
    }
  }

  private void apply(StreamDescription stream, ArrayNode key, CommittedReject reject) {
    switch (stream) {
      case Listing listing when key.isEmpty() ->
          state
              .listing(listing.name())
              .refused(reject.extractedAt(), reject.status(), reject.reason());
      case Listing listing -> misfit(listing, key, reject);
      case Child child ->
          state
              .item(child.name(), key.toString())
              .failed(reject.extractedAt(), reject.status(), reject.reason(), 0);
    }
  }

  /// A record that exceeds a limit. If its key does, nothing is known of it.
  private void misfit(Listing stream, ArrayNode key, CommittedReject reject) {
    if (!RecordKey.isSubstitute(key)) {
      state
          .listing(stream.name())
          .replayMisfit(key.toString(), reject.extractedAt(), reject.reason());
    }
  }

  private static ArrayNode keyWithoutStream(JsonNode named) {
    ArrayNode key = JsonNodeFactory.instance.arrayNode();
    named.valueStream().skip(1).forEach(key::add);
    return key;
  }
}
