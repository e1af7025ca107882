package dev.paceline.extract.listing;

import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.http.Call;
import java.util.Optional;

/// Each response's `Link` header leads to the next page; the last has none.
final class LinkPaging implements Paging {

  private final ApiClient client;

  LinkPaging(ApiClient client) {
    this.client = client;
  }

  @Override
  public Call first(Call base) {
    return base;
  }

  @Override
  public Optional<Call> after(Call call, ApiResponse.Found<ResponsePage> response) {
    return Optional.ofNullable(response.headers().get("Link"))
        .flatMap(LinkHeader::next)
        .map(target -> client.follow(call, target));
  }
}
