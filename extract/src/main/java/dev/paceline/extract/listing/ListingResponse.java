package dev.paceline.extract.listing;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.http.ApiResponse;

/// A response within a listing. If one cannot be read, the whole listing is useless.
final class ListingResponse {

  private ListingResponse() {}

  /// Returns what was found; otherwise throws, with exit 69 if the source is down, or 65.
  static <T> ApiResponse.Found<T> require(String doing, ApiResponse<T> response) {
    return switch (response) {
      case ApiResponse.Found<T> found -> found;
      case ApiResponse.NotFound<T> _ ->
          throw new Failure(
              Exit.UNUSABLE,
              doing,
              "the source says that it does not exist",
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

  /// Temporary errors that lasted through all attempts.
  private static boolean isDown(int status) {
    return status >= 500 || status == 408 || status == 425;
  }
}
