package dev.paceline.extract.listing;

import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.http.Call;
import java.util.Optional;

/// Each response contains a cursor for the next page; the last has no cursor, or no records. If the
/// cursor is in the last record, the first response that is not full is the last.
final class CursorPaging implements Paging {

  private final Pagination.Cursor pagination;

  CursorPaging(Pagination.Cursor pagination) {
    this.pagination = pagination;
  }

  @Override
  public Call first(Call base) {
    String size = pagination.sizeParameter();
    return size == null ? base : Paging.with(base, size, String.valueOf(pagination.size()));
  }

  @Override
  public Optional<Call> after(Call call, ApiResponse.Found<ResponsePage> response) {
    int found = response.value().records().size();
    boolean endsOnShortPage = pagination.nextOfLast() != null && pagination.sizeParameter() != null;
    Integer pageSize = pagination.size();
    if (found == 0 || (endsOnShortPage && pageSize != null && found < pageSize)) {
      return Optional.empty();
    }
    return response
        .value()
        .cursor()
        .map(cursor -> Paging.with(call, pagination.parameter(), cursor));
  }
}
