package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.StreamDescription.Listing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the steps of an account's run do: at the source and in the lake, or, in a forecast, only to
/// a copy of the state. [AccountSync] decides which step comes next. Each step makes about one
/// call; it throws a [dev.paceline.cli.failure.Failure] if it cannot be done.
public interface AccountWork extends AutoCloseable {

  /// Opens the account's state, which the steps change. Called first, and once.
  AccountState open();

  /// The scopes granted to the account's token; empty if they are unknown.
  Optional<Set<String>> scopes();

  /// Whether the token is known to be that of the athlete whose data the account has, so that no
  /// call is needed to find out.
  boolean isIdentityKnown();

  /// Takes the next step of a listing, or the first.
  ListingStep list(Listing stream);

  /// Reads the records that one call returns.
  ItemStep read(List<FetchQueue.Entry> call);

  /// Notes that no further record will be read; returns whether [#finishReading] needs a call.
  boolean endReading();

  /// Decides about records that could not be read, as no further one will be.
  ItemStep finishReading();

  /// Commits what was written since the last commit.
  void commit();

  /// Whether a commit has failed, or the token cannot be used any more: then nothing more can be
  /// read and written.
  boolean isBroken();

  /// Throws if what the next step writes could not be committed: the lock was lost.
  void ensureUsable();

  /// Bytes written since the last commit, before compression.
  long gathered();

  /// How many calls were made, by endpoint.
  Map<String, Long> calls();

  /// What was written, and found unchanged.
  RecordCounters counters();

  @Override
  void close();

  /// How a step of a listing ended.
  sealed interface ListingStep {

    /// There is another step.
    record More() implements ListingStep {}

    /// The listing is complete.
    record Complete() implements ListingStep {}

    /// The source does not say that the account is the one it is known for: nothing more is read.
    record Foreign(Failure failure) implements ListingStep {}

    /// The source refuses the listing, which no other stream needs.
    ///
    /// @param why in a few words
    record Refused(String why) implements ListingStep {}
  }

  /// How the reading of a record ended.
  ///
  /// @param changed whether its content has changed
  /// @param denied why streams cannot be read in this run, by stream
  /// @param again records to be read again in this run
  record ItemStep(boolean changed, Map<String, String> denied, List<FetchQueue.Entry> again) {

    static ItemStep of(boolean changed) {
      return new ItemStep(changed, Map.of(), List.of());
    }
  }
}
