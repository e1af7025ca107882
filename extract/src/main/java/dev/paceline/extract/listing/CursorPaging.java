package dev.paceline.extract.listing;

import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.http.Call;
import java.util.Optional;

/// Each answer says where the next begins; the last one says nothing, or has no record. Where the
/// last record of every answer says it, one that is not full is the last.
final class CursorPaging implements Paging {

  private final Pagination.Cursor pagination;

  CursorPaging(Pagination.Cursor pagination) {
    this.pagination = pagination;
  }

  @Override
  public Call first(Call bare) {
    String size = pagination.sizeParameter();
    return size == null ? bare : Paging.with(bare, size, String.valueOf(pagination.size()));
  }

  @Override
  public Optional<Call> after(Call call, ApiResponse.Found<ResponsePage> answer) {
    int found = answer.value().records().size();
    boolean alwaysSays = pagination.nextOfLast() != null && pagination.sizeParameter() != null;
    Integer full = pagination.size();
    if (found == 0 || (alwaysSays && full != null && found < full)) {
      return Optional.empty();
    }
    return answer.value().cursor().map(cursor -> Paging.with(call, pagination.parameter(), cursor));
  }
}
