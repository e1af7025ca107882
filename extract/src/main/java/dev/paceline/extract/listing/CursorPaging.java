package dev.paceline.extract.listing;

import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.http.Answer;
import dev.paceline.extract.http.Call;
import java.util.Optional;

/// Each answer says where the next begins; the last one says nothing, or has no record.
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
  public Optional<Call> after(Call call, Answer.Found<Slice> answer) {
    if (answer.value().records().isEmpty()) {
      return Optional.empty();
    }
    return answer.value().cursor().map(cursor -> Paging.with(call, pagination.parameter(), cursor));
  }
}
