package dev.paceline.extract.sync;

import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.api.StreamDescription.Child;
import dev.paceline.extract.api.StreamDescription.Listing;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The streams of an account that this run does not read, and why.
final class SkippedStreams {

  private final Plan plan;
  private final Map<String, String> reasons = new TreeMap<>();

  SkippedStreams(Plan plan) {
    this.plan = plan;
  }

  /// Skips streams whose scope the token was not granted, as far as api.yaml says.
  void skipUngranted(Set<String> granted) {
    for (StreamDescription stream : plan.streams()) {
      stream
          .scope()
          .filter(scope -> !granted.contains(scope) && canBeSkipped(stream))
          .ifPresent(scope -> skip(stream.name(), "the token was not granted " + scope));
    }
  }

  /// Skips listings that the source has refused, and that are not due again.
  void skipRefused(AccountState state, Instant now) {
    for (Listing stream : plan.listings()) {
      state
          .listing(stream.name())
          .refusal()
          .filter(refusal -> canBeSkipped(stream) && !isDue(refusal, now))
          .ifPresent(refusal -> skip(stream.name(), refusal.inWords()));
    }
  }

  /// A listing that the token is denied costs one call: it is tried in every run.
  private static boolean isDue(Attempts refusal, Instant now) {
    return refusal.isDenial() || refusal.isDue(now);
  }

  private boolean canBeSkipped(StreamDescription stream) {
    return stream instanceof Child || plan.isDispensable(stream);
  }

  /// @param why in a few words
  void skip(String stream, String why) {
    reasons.put(stream, why);
  }

  boolean contains(StreamDescription stream) {
    return reasons.containsKey(stream.name());
  }

  /// Why, by stream in alphabetical order.
  Map<String, String> reasons() {
    return Collections.unmodifiableMap(reasons);
  }
}
