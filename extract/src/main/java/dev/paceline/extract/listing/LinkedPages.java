package dev.paceline.extract.listing;

import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.record.SourceRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A listing in which each response determines the next call, or is the last.
final class LinkedPages implements Pages {

  private final PageReader pages;
  private final Set<String> seen = new HashSet<>();

  LinkedPages(StreamDescription stream, String path, ApiClient client) {
    this.pages = new PageReader(stream, path, client);
  }

  @Override
  public Next next() {
    Optional<ApiResponse<ResponsePage>> response = pages.next();
    return response.isEmpty() ? new End() : page(response.get());
  }

  private Next page(ApiResponse<ResponsePage> response) {
    return response instanceof ApiResponse.Found<ResponsePage> found
        ? fresh(found)
        : ListingResponse.refusal(pages.doing(), response);
  }

  /// If one page has the same key twice, both records are returned.
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
