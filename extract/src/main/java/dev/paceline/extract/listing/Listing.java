package dev.paceline.extract.listing;

import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.Answer;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.Call;
import dev.paceline.extract.record.Records;
import dev.paceline.extract.record.SourceRecord;
import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a whole stream, page by page.
public interface Listing {

  /// The next page's records that no page had before; empty at the end.
  Optional<Page> next();

  /// Some records of a listing.
  ///
  /// @param at by the source's clock
  record Page(List<SourceRecord> records, Instant at) {}

  /// Where the next page begins, for a listing that goes on in another run; empty where it would
  /// have to begin anew.
  Optional<String> position();

  static Listing of(
      StreamDescription stream, String path, Optional<String> position, ApiClient client) {
    return switch (stream.pagination()) {
      case Pagination.None() -> new SingleListing(stream, client);
      case Pagination.Keyset keyset -> new KeysetListing(stream, keyset, client);
      case Pagination.Page _, Pagination.Cursor _, Pagination.Link _ ->
          throw new IllegalStateException("not here yet");
    };
  }

  /// One call of a listing.
  static Page call(StreamDescription stream, ApiClient client, Map<String, String> query) {
    String doing = "Reading the stream %s from %s%s".formatted(stream.name(), stream.path(), query);
    Call call = Call.of(stream.path(), stream.path(), query);
    return switch (client.get(call, body -> Records.split(body, stream.key()))) {
      case Answer.Found<List<SourceRecord>>(
              List<SourceRecord> records,
              Map<String, String> _,
              Instant at) ->
          new Page(records, at);
      case Answer.Absent<List<SourceRecord>> _ ->
          throw new Failure(
              Exit.UNUSABLE, doing, "the source answered 404", "check the API URL and api.yaml");
      case Answer.Refused<List<SourceRecord>> refused ->
          throw new Failure(
              Exit.UNUSABLE,
              doing,
              "the answer cannot be used: " + refused.reason(),
              "check that the API URL leads to the source itself, and try again");
    };
  }
}
