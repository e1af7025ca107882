package dev.paceline.extract.listing;

import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.http.Call;
import java.util.Optional;

/// Pages numbered from 1; the first that is not full is the last.
final class NumberedPaging implements Paging {

  private final Pagination.Page pagination;
  private int page = 1;

  NumberedPaging(Pagination.Page pagination) {
    this.pagination = pagination;
  }

  @Override
  public Call first(Call base) {
    Call sized = Paging.with(base, pagination.sizeParameter(), String.valueOf(pagination.size()));
    return numbered(sized);
  }

  @Override
  public Optional<Call> after(Call call, ApiResponse.Found<ResponsePage> response) {
    if (response.value().records().size() < pagination.size()) {
      return Optional.empty();
    }
    page++;
    return Optional.of(numbered(call));
  }

  private Call numbered(Call call) {
    return Paging.with(call, pagination.pageParameter(), String.valueOf(page));
  }
}
