package dev.paceline.extract.listing;

import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.record.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads a complete stream, page by page.
public interface Pages {

  /// The next page, which costs one call or more.
  Next next();

  /// Where the next page begins, so that a later run can resume if this one is stopped. Empty at
  /// both ends, and where a position does not last: numbered pages shift, cursors and links expire.
  Optional<String> position();

  /// What comes next in a listing.
  sealed interface Next {}

  /// Some records of a listing that no earlier page had, perhaps none.
  ///
  /// @param at the source's time
  record Page(List<SourceRecord> records, Instant at) implements Next {}

  /// There are no further records.
  record End() implements Next {}

  /// A response that ends the listing, because it cannot be read.
  ///
  /// @param body its beginning
  /// @param failure for a caller that cannot do without the listing
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Refused(int status, String reason, byte[] body, Instant at, Failure failure)
      implements Next {

    /// Whether the source refuses this listing as such: neither is the source down, nor is the
    /// response damaged.
    public boolean isDefinite() {
      return status >= 400 && status < 500 && !ListingResponse.isDown(status);
    }
  }

  /// The pages of a stream.
  ///
  /// @param path the stream's path with its placeholders filled in
  /// @param position where an earlier run stopped; empty for the beginning
  static Pages of(
      StreamDescription stream, String path, Optional<String> position, ApiClient client) {
    return stream.pagination() instanceof Pagination.Keyset keyset
        ? new KeysetPages(
            stream,
            path,
            keyset,
            position,
            call -> client.get(call, body -> ResponsePage.read(stream, body.readAllBytes())))
        : new LinkedPages(stream, path, client);
  }
}
