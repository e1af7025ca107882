package dev.paceline.extract.listing;

import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.http.Call;
import java.util.Optional;

/// One response contains everything.
final class SinglePaging implements Paging {

  @Override
  public Call first(Call base) {
    return base;
  }

  @Override
  public Optional<Call> after(Call call, ApiResponse.Found<ResponsePage> response) {
    return Optional.empty();
  }
}
