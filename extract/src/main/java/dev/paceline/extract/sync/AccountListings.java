package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.StreamDescription.Listing;
import dev.paceline.extract.sync.AccountWork.ListingStep;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The listings of an account: which of them a run makes, and which it can do without.
final class AccountListings {

  /// An account whose queue is empty is listed again after this time, even if others are still
  /// behind.
  private static final Duration MAX_AGE = Duration.ofHours(3);

  private final Run run;
  private final AccountWork work;
  private final SkippedStreams skipped;
  private final Deque<Listing> left = new ArrayDeque<>();
  private int unavailable;
  private boolean isForeign;

  AccountListings(Run run, AccountWork work, SkippedStreams skipped) {
    this.run = run;
    this.work = work;
    this.skipped = skipped;
  }

  /// Whether all of them were completed on this day.
  boolean areCompleteOf(LocalDate day, AccountState state) {
    return answered(state).stream()
        .allMatch(stream -> state.listing(stream.name()).isCompleteOf(day));
  }

  /// Whether all of them were completed recently.
  boolean areFresh(Instant now, AccountState state) {
    return answered(state).stream()
        .allMatch(stream -> state.listing(stream.name()).isFresh(now, MAX_AGE));
  }

  /// The listings that the source did not refuse the last time: one that it refuses leaves nothing
  /// to do.
  private List<Listing> answered(AccountState state) {
    return readable().stream()
        .filter(stream -> state.listing(stream.name()).refusal().isEmpty())
        .toList();
  }

  private List<Listing> readable() {
    return run.plan().listings().stream().filter(stream -> !skipped.contains(stream)).toList();
  }

  /// Decides what to list. Whose account it is has to be known in each run, by the token or by a
  /// call.
  ///
  /// @param except a day whose complete listings need not be repeated
  void prepare(Optional<LocalDate> except, AccountState state) {
    for (Listing stream : readable()) {
      boolean isDone = except.filter(state.listing(stream.name())::isCompleteOf).isPresent();
      if (!isDone || (run.plan().isIdentity(stream) && !work.isIdentityKnown())) {
        left.add(stream);
      }
    }
  }

  /// The listing whose step is next; empty if all are made.
  Optional<Listing> next() {
    return Optional.ofNullable(left.peekFirst());
  }

  /// Takes the next step.
  void step() {
    Listing stream = left.getFirst();
    switch (work.list(stream)) {
      case ListingStep.More() -> {}
      case ListingStep.Complete() -> left.removeFirst();
      case ListingStep.Foreign(Failure failure) -> {
        isForeign = true;
        throw failure;
      }
      case ListingStep.Refused(String why) -> {
        skipped.skip(stream.name(), why);
        left.removeFirst();
      }
    }
  }

  /// Leaves out the listing whose step has failed, and returns true, if the others can be made all
  /// the same. Unusable data, or one endpoint that does not respond, does not concern them; a
  /// second endpoint does, and so does doubt about whose account it is.
  boolean leaveOut(Exit exit) {
    Listing stream = left.getFirst();
    boolean sourceFailed = exit == Exit.UNUSABLE || exit == Exit.UNAVAILABLE;
    unavailable += exit == Exit.UNAVAILABLE ? 1 : 0;
    boolean isDoubtful = isForeign || (run.plan().isIdentity(stream) && !work.isIdentityKnown());
    if (!sourceFailed || unavailable > 1 || isDoubtful || work.isBroken()) {
      return false;
    }
    left.removeFirst();
    return true;
  }
}
