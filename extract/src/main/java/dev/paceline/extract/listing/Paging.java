package dev.paceline.extract.listing;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.http.Call;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Decides the calls of a stream in which each response determines the next call.
interface Paging {

  /// The first call.
  ///
  /// @param base the stream's path and query, without paging parameters
  Call first(Call base);

  /// The call after a response; empty if it was the last.
  Optional<Call> after(Call call, ApiResponse.Found<ResponsePage> response);

  static Paging of(Pagination pagination, ApiClient client) {
    return switch (pagination) {
      case Pagination.None() -> new SinglePaging();
      case Pagination.Page page -> new NumberedPaging(page);
      case Pagination.Cursor cursor -> new CursorPaging(cursor);
      case Pagination.Link() -> new LinkPaging(client);
      case Pagination.Keyset _ ->
          throw new Failure(
              Exit.CONFIGURATION,
              "Reading a stream for each record of another",
              "keyset pagination is only for listings",
              "give its stream another pagination in api.yaml");
    };
  }

  /// A call with one more parameter.
  static Call with(Call call, String parameter, String value) {
    Map<String, String> query = new TreeMap<>(call.query());
    query.put(parameter, value);
    return Call.of(call.endpoint(), call.path(), query);
  }
}
