package dev.paceline.extract.listing;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.http.ApiResponse;

/// An answer of a listing: with a hole in it the whole listing is of no use.
final class ListingResponse {

  private ListingResponse() {}

  /// What was found; throws where nothing was: exit 69 where the source is down, else 65.
  static <T> ApiResponse.Found<T> require(String doing, ApiResponse<T> answer) {
    return switch (answer) {
      case ApiResponse.Found<T> found -> found;
      case ApiResponse.NotFound<T> _ ->
          throw new Failure(
              Exit.UNUSABLE,
              doing,
              "the source says that there is no such thing",
              "check the API URL and api.yaml");
      case ApiResponse.Refused<T> refused when isDown(refused.status()) ->
          throw new Failure(Exit.UNAVAILABLE, doing, refused.reason(), "try again later");
      case ApiResponse.Refused<T> refused ->
          throw new Failure(
              Exit.UNUSABLE,
              doing,
              refused.reason(),
              "check that the API URL leads to the source itself, and api.yaml");
    };
  }

  /// Statuses that pass, and did not within the tries.
  private static boolean isDown(int status) {
    return status >= 500 || status == 408 || status == 425;
  }
}
