package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.StreamDescription.Listing;
import dev.paceline.extract.sync.AccountWork.ListingStep;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The listing whose steps are being taken, from one step to the next.
final class CurrentListing {

  private @Nullable Steps current;

  /// The steps of a listing.
  interface Steps {

    Listing stream();

    ListingStep next();

    /// Forgets how far it got, because the source may have changed: the next one starts over.
    void abandon();
  }

  /// Takes the next step of a stream's listing. If that cannot be done now, because the budget is
  /// spent, the same step is taken next; after any other failure the listing starts over.
  ///
  /// @param begin begins the listing, if it has not begun
  ListingStep next(Listing stream, Supplier<? extends Steps> begin) {
    Steps steps = current;
    if (steps == null || !steps.stream().equals(stream)) {
      steps = begin.get();
      current = steps;
    }
    try {
      ListingStep step = steps.next();
      if (!(step instanceof ListingStep.More)) {
        current = null;
      }
      return step;
    } catch (Failure failed) {
      if (failed.exit() != Exit.TRY_AGAIN) {
        steps.abandon();
        current = null;
      }
      throw failed;
    }
  }
}
