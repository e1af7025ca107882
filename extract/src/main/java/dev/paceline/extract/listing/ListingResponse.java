package dev.paceline.extract.listing;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.http.ApiResponse;
import java.time.Instant;

/// A response within a listing that is not a page.
final class ListingResponse {

  private static final int NOT_FOUND = 404;

  private ListingResponse() {}

  /// What the response means for the listing; its failure has exit 69 if the source is down, 77 if
  /// it refuses the account, or 65.
  static <T> Pages.Refused refusal(String doing, ApiResponse<T> response) {
    return switch (response) {
      case ApiResponse.Found<T> _ -> throw new IllegalArgumentException("a page is not a refusal");
      case ApiResponse.NotFound<T>(Instant at) ->
          new Pages.Refused(
              NOT_FOUND,
              "Not Found",
              new byte[0],
              at,
              new Failure(
                  Exit.UNUSABLE,
                  doing,
                  "the source says that it does not exist",
                  "check the API URL and api.yaml"));
      case ApiResponse.Denied<T> denied ->
          new Pages.Refused(
              denied.status(), denied.reason(), denied.body(), denied.at(), denied.failure());
      case ApiResponse.Refused<T> refused ->
          new Pages.Refused(
              refused.status(),
              refused.reason(),
              refused.body(),
              refused.at(),
              failure(doing, refused));
    };
  }

  private static <T> Failure failure(String doing, ApiResponse.Refused<T> refused) {
    return isDown(refused.status())
        ? new Failure(Exit.UNAVAILABLE, doing, refused.reason(), "try again later")
        : new Failure(
            Exit.UNUSABLE,
            doing,
            refused.reason(),
            "check that the API URL leads to the source itself, and api.yaml");
  }

  /// Temporary errors that lasted through all attempts.
  static boolean isDown(int status) {
    return status >= 500 || status == 408 || status == 425;
  }
}
