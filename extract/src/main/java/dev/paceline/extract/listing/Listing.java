package dev.paceline.extract.listing;

import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.record.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads a complete stream, page by page.
public interface Listing {

  /// The records of the next page that no earlier page had, perhaps none; empty at the end.
  Optional<Page> next();

  /// Where the next page begins, so that a later run can resume if this one is stopped. Empty at
  /// both ends, and where a position does not last: numbered pages shift, cursors and links expire.
  Optional<String> position();

  /// Some records of a listing.
  ///
  /// @param at the source's time
  record Page(List<SourceRecord> records, Instant at) {}

  /// The listing of a stream.
  ///
  /// @param path the stream's path with its placeholders filled in
  /// @param position where an earlier run stopped; empty for the beginning
  static Listing of(
      StreamDescription stream, String path, Optional<String> position, ApiClient client) {
    return stream.pagination() instanceof Pagination.Keyset keyset
        ? new KeysetListing(stream, path, keyset, position, client)
        : new PagedListing(stream, path, client);
  }
}
