package dev.paceline.extract.listing;

import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.http.Call;
import java.util.Optional;

/// One answer holds all.
final class SinglePaging implements Paging {

  @Override
  public Call first(Call bare) {
    return bare;
  }

  @Override
  public Optional<Call> after(Call call, ApiResponse.Found<ResponsePage> answer) {
    return Optional.empty();
  }
}
