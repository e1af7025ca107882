package dev.paceline.extract.sync;

import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.api.StreamDescription.Child;
import java.util.Set;
import java.util.TreeSet;

/// The child records that a forecast expects of a record whose content it does not know: one of
/// each stream. Which further ids such a record names cannot be known.
final class SupposedChildren {

  /// In place of the hash of a content.
  private static final String SUPPOSED = "supposed";

  private final Plan plan;
  private final AccountState state;
  private final Set<String> before = new TreeSet<>();

  SupposedChildren(Plan plan, AccountState state) {
    this.plan = plan;
    this.state = state;
    for (Child child : plan.children()) {
      if (!state.items(child.name()).isEmpty()) {
        before.add(child.name());
      }
    }
  }

  /// The streams that are read for each record of another, and of which nothing is known: no run
  /// has read them yet.
  Set<String> unknownStreams() {
    Set<String> unknown = new TreeSet<>();
    for (Child child : plan.children()) {
      if (child.of().values().isEmpty() && !before.contains(child.name())) {
        unknown.add(child.name());
      }
    }
    return unknown;
  }

  /// Requests the children of a record.
  ///
  /// @param isNew whether the state does not know the record: otherwise it knows which children the
  ///   record has, except those of a stream that was never read
  void request(StreamDescription stream, String key, boolean isNew) {
    for (Child child : plan.childrenOf(stream)) {
      boolean isUnknown = isNew || !before.contains(child.name());
      ItemState item = state.items(child.name()).get(key);
      if (isUnknown && (item == null || item.wanted() == null)) {
        state.item(child.name(), key).request(SUPPOSED);
      }
    }
  }
}
