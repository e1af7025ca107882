package dev.paceline.extract.listing;

import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.ApiClient;
import java.util.Map;
import java.util.Optional;

/// A stream that one answer holds.
final class SingleListing implements Listing {

  private final StreamDescription stream;
  private final ApiClient client;
  private boolean read;

  SingleListing(StreamDescription stream, ApiClient client) {
    this.stream = stream;
    this.client = client;
  }

  @Override
  public Optional<String> position() {
    return Optional.empty();
  }

  @Override
  public Optional<Page> next() {
    if (read) {
      return Optional.empty();
    }
    read = true;
    return Optional.of(Listing.call(stream, client, Map.of()));
  }
}
