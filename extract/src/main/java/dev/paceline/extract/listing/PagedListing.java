package dev.paceline.extract.listing;

import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.record.SourceRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A stream whose answers say themselves what the next call is, or whether they are the last.
final class PagedListing implements Listing {

  private final PageReader pages;
  private final Set<String> seen = new HashSet<>();

  PagedListing(StreamDescription stream, String path, ApiClient client) {
    this.pages = new PageReader(stream, path, client);
  }

  @Override
  public Optional<Page> next() {
    return pages.next().map(answer -> fresh(ListingResponse.require(pages.doing(), answer)));
  }

  /// A key that one page has twice is none of ours to judge: both are given.
  private Page fresh(ApiResponse.Found<ResponsePage> found) {
    List<SourceRecord> fresh =
        found.value().records().stream().filter(record -> !seen.contains(record.key())).toList();
    fresh.forEach(record -> seen.add(record.key()));
    return new Page(fresh, found.at());
  }

  @Override
  public Optional<String> position() {
    return Optional.empty();
  }
}
