package dev.paceline.extract.listing;

import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.http.Call;
import java.util.Optional;

/// Pages from 1; one that is not full is the last.
final class NumberedPaging implements Paging {

  private final Pagination.Page pagination;
  private int page = 1;

  NumberedPaging(Pagination.Page pagination) {
    this.pagination = pagination;
  }

  @Override
  public Call first(Call bare) {
    Call sized = Paging.with(bare, pagination.sizeParameter(), String.valueOf(pagination.size()));
    return numbered(sized);
  }

  @Override
  public Optional<Call> after(Call call, ApiResponse.Found<ResponsePage> answer) {
    if (answer.value().records().size() < pagination.size()) {
      return Optional.empty();
    }
    page++;
    return Optional.of(numbered(call));
  }

  private Call numbered(Call call) {
    return Paging.with(call, pagination.pageParameter(), String.valueOf(page));
  }
}
