package dev.paceline.extract.sync;

import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.Answer;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.record.Records;
import dev.paceline.extract.record.SourceRecord;
import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a whole stream, page by page.
interface Listing {

  /// The next page's records that no page had before; empty at the end.
  Optional<Page> next();

  /// Some records of a listing.
  ///
  /// @param at by the source's clock
  record Page(List<SourceRecord> records, Instant at) {}

  static Listing of(StreamDescription stream, ApiClient client) {
    return switch (stream.pagination()) {
      case Pagination.None() -> new SingleListing(stream, client);
      case Pagination.Keyset keyset -> new KeysetListing(stream, keyset, client);
    };
  }

  /// One call of a listing.
  static Page call(StreamDescription stream, ApiClient client, Map<String, String> query) {
    String doing = "Reading the stream %s from %s%s".formatted(stream.name(), stream.path(), query);
    return switch (client.get(stream.path(), stream.path(), query)) {
      case Answer.Found(byte[] body, Instant at) -> {
        try {
          yield new Page(Records.split(body, stream.key()), at);
        } catch (IOException malformed) {
          throw new Failure(
              Exit.UNUSABLE,
              doing,
              "the answer cannot be used: " + firstLine(malformed),
              "check that the API URL leads to the source itself, and try again",
              malformed);
        }
      }
      case Answer.Missing(Instant _) ->
          throw new Failure(
              Exit.UNUSABLE, doing, "the source answered 404", "check the API URL and api.yaml");
    };
  }

  private static String firstLine(IOException malformed) {
    return String.valueOf(malformed.getMessage()).lines().findFirst().orElse("");
  }
}
