package dev.paceline.extract.listing;

import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.record.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads a whole stream, page by page.
public interface Listing {

  /// The next page's records that no page had before, perhaps none; empty at the end.
  Optional<Page> next();

  /// Where the next page begins, for a run that is cut off here: a later one goes on from there.
  /// Empty at both ends, and where a position does not last: numbered pages shift, cursors and
  /// links age.
  Optional<String> position();

  /// Some records of a listing.
  ///
  /// @param at by the source's clock
  record Page(List<SourceRecord> records, Instant at) {}

  /// The listing of a stream.
  ///
  /// @param path the stream's, with all that is to be filled in
  /// @param position where an earlier run left off; empty for the beginning
  static Listing of(
      StreamDescription stream, String path, Optional<String> position, ApiClient client) {
    return stream.pagination() instanceof Pagination.Keyset keyset
        ? new KeysetListing(stream, path, keyset, position, client)
        : new PagedListing(stream, path, client);
  }
}
