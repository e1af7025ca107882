package dev.paceline.extract.sync;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The known keys that a listing lacks, which its source is asked for one by one. A listing that
/// was ended early meanwhile goes on with those that are left.
final class MissingKeys {

  private final Deque<String> left;

  private MissingKeys(List<String> keys) {
    this.left = new ArrayDeque<>(keys);
  }

  /// Those that a resumed listing has left; empty if it has not read all its pages.
  static Optional<MissingKeys> ofResumed(ListingState listing) {
    return listing.isConfirming()
        ? Optional.of(new MissingKeys(listing.unconfirmed()))
        : Optional.empty();
  }

  /// Those of a listing that has read all its pages.
  static MissingKeys begin(ListingState listing, List<String> unseen) {
    listing.startConfirming();
    return new MissingKeys(unseen);
  }

  boolean isEmpty() {
    return left.isEmpty();
  }

  /// The next one, until it is removed.
  String next() {
    return left.getFirst();
  }

  void remove() {
    left.removeFirst();
  }
}
