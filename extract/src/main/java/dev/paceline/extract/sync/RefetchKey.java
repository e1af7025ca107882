package dev.paceline.extract.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.extract.api.ChildOf;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.api.StreamDescription.Child;
import dev.paceline.extract.record.CanonicalHash;
import dev.paceline.extract.record.MemberFilter;
import dev.paceline.extract.record.SourceRecord;
import dev.paceline.lake.log.RecordLimits;
import java.math.BigDecimal;
import java.util.List;
import java.util.TreeMap;

/// Decides when a child record is read again: the key is a hash of what its parent record says
/// about it. As long as the key stays the same, the record is not read again.
final class RefetchKey {

  /// The parent record has no such child: a manual activity has no streams, and one without
  /// comments has no list of them.
  static final String NONE = "none";

  private RefetchKey() {}

  /// The key of a child of this record.
  static String of(Child child, StreamDescription parent, SourceRecord record) {
    ChildOf childOf = child.of();
    if (!appliesTo(childOf, record)) {
      return NONE;
    }
    // A changed request is made again.
    String request = child.path() + new TreeMap<>(child.query());
    return record.hashWith(
        request,
        childOf.whenChanged().isEmpty()
            ? MemberFilter.without(parent.volatileMembers())
            : MemberFilter.only(childOf.whenChanged()));
  }

  /// Whether a call is made for a parent record.
  private static boolean appliesTo(ChildOf childOf, SourceRecord parent) {
    ChildOf.Unless unless = childOf.unless();
    boolean excluded =
        unless != null
            && parent.hashOf(unless.member()).equals(CanonicalHash.of(unless.is().toString()));
    return !excluded && childOf.countedBy().map(counter -> hasAny(parent, counter)).orElse(true);
  }

  private static boolean hasAny(SourceRecord parent, String counter) {
    return parent.text(counter).map(RefetchKey::isPositive).orElse(false);
  }

  private static boolean isPositive(String count) {
    if (count.length() > RecordLimits.NUMBER_CHARACTERS) {
      return false;
    }
    try {
      return new BigDecimal(count).compareTo(BigDecimal.ONE) >= 0;
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }

  /// The ids of child records that a record of `stream` contains, in their order.
  static List<JsonNode> ids(Child child, StreamDescription stream, SourceRecord record) {
    return child.of().values().stream()
        .filter(value -> value.stream().equals(stream.name()))
        .flatMap(value -> record.values(value.member()).stream())
        .toList();
  }
}
