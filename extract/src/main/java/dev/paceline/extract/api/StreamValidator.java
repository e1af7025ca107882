package dev.paceline.extract.api;

import com.fasterxml.jackson.core.JsonPointer;
import dev.paceline.cli.source.Finding;
import dev.paceline.cli.source.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Checks a stream against the streams above it, for members that would be ignored, or would fail
/// at the first call.
final class StreamValidator {

  /// `{id}`: a member of the key.
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z0-9_]+)}");

  private final StreamDescription stream;
  private final Map<String, StreamDescription> above;
  private final JsonPointer where;
  private final List<Finding> findings = new ArrayList<>();

  private StreamValidator(
      StreamDescription stream, Map<String, StreamDescription> above, JsonPointer where) {
    this.stream = stream;
    this.above = above;
    this.where = where;
  }

  /// Returns the problems of a stream.
  ///
  /// @param above the streams above it, by name
  /// @param where the stream's place in the file
  static List<Finding> check(
      StreamDescription stream, Map<String, StreamDescription> above, JsonPointer where) {
    StreamValidator validator = new StreamValidator(stream, above, where);
    if (above.containsKey(stream.name())) {
      validator.report("/name", "a stream above is also called %s".formatted(stream.name()));
    }
    validator.checkReferences();
    validator.checkQuery();
    switch (stream) {
      case StreamDescription.Listing listing -> validator.checkListing(listing);
      case StreamDescription.Child child -> validator.checkChild(child);
    }
    return validator.findings;
  }

  private void checkReferences() {
    for (MatchResult reference :
        StreamDescription.REFERENCE.matcher(stream.path()).results().toList()) {
      requireAbove("/path", reference.group(1)).ifPresent(of -> checkReference(reference, of));
    }
  }

  private void checkReference(MatchResult reference, StreamDescription of) {
    if (!of.isOneRecord()) {
      report(
          "/path",
          "%s is a list, so %s names no single record".formatted(of.name(), reference.group()));
    } else if (!of.key().getFirst().equals(reference.group(2))) {
      report(
          "/path",
          "nothing fills %s: only the key of %s is known, which is %s"
              .formatted(reference.group(), of.name(), of.key().getFirst()));
    }
  }

  private void checkListing(StreamDescription.Listing listing) {
    checkPlaceholders("/path", stream.path(), List.of(), "a listing has no key to take it from");
    listing
        .deletionRule()
        .flatMap(StreamDescription.DeletionRule::confirmationPath)
        .ifPresent(path ->
            checkPlaceholders("/gone/path", path, stream.key(), "it is not a member of the key"));
  }

  private void checkChild(StreamDescription.Child child) {
    ChildOf childOf = child.of();
    Optional<StreamDescription> parent = requireAbove("/each/of", childOf.of());
    for (int i = 0; i < childOf.values().size(); i++) {
      requireAbove("/each/values/%d/stream".formatted(i), childOf.values().get(i).stream());
    }
    boolean byValue = !childOf.values().isEmpty();
    if (byValue && stream.key().size() > 1) {
      report("/key", "must be a single member: each.values gives a single id");
    }
    parent.ifPresent(of -> checkParent(of, byValue));
    parent.ifPresent(of -> checkCalls(byValue ? stream.key() : keyOf(of), of, byValue));
    if (stream.pagination() instanceof Pagination.Keyset) {
      report("/pagination/type", "keyset is for listings");
    }
  }

  private void checkParent(StreamDescription parent, boolean byValue) {
    if (byValue && !parent.isOneRecord()) {
      report(
          "/each/of",
          "%s is a list: with values, it has to be a single record".formatted(parent.name()));
    }
    if (parent instanceof StreamDescription.Child child && child.isList()) {
      report(
          "/each/of",
          "%s has a list for each record of %s, and the records of such a list have no key"
              .formatted(parent.name(), child.of().of()));
    }
  }

  private void checkCalls(List<String> key, StreamDescription parent, boolean byValue) {
    checkPlaceholders("/path", stream.path(), key, "it is not a member of the key");
    boolean same = !PLACEHOLDER.matcher(stream.path()).find();
    if (same && (byValue || !parent.isOneRecord())) {
      report(
          "/path",
          "would be the same for each record: give it {%s}".formatted(String.join("} or {", key)));
    }
  }

  private void checkPlaceholders(String at, String path, List<String> key, String why) {
    for (MatchResult placeholder : PLACEHOLDER.matcher(path).results().toList()) {
      if (!key.contains(placeholder.group(1))) {
        report(
            at,
            "nothing fills %s: %s%s"
                .formatted(placeholder.group(), why, Nearest.hint(placeholder.group(1), key)));
      }
    }
  }

  /// A parameter that is set twice would be sent once, with an unpredictable value.
  private void checkQuery() {
    Set<String> setByPagination =
        switch (stream.pagination()) {
          case Pagination.None _, Pagination.Link _ -> Set.of();
          case Pagination.Page page -> Set.of(page.pageParameter(), page.sizeParameter());
          case Pagination.Cursor cursor -> {
            Set<String> both = new TreeSet<>(Set.of(cursor.parameter()));
            Optional.ofNullable(cursor.sizeParameter()).ifPresent(both::add);
            yield both;
          }
          case Pagination.Keyset keyset ->
              new TreeSet<>(
                  List.of(
                      keyset.beforeParameter(), keyset.pageParameter(), keyset.sizeParameter()));
        };
    stream.query().keySet().stream()
        .filter(setByPagination::contains)
        .forEach(name ->
            findings.add(
                new Finding(
                    where.appendProperty("query").appendProperty(name),
                    "leave it out: pagination sets it")));
  }

  /// Returns a stream that this one needs; empty, with a finding, if it is not above.
  private Optional<StreamDescription> requireAbove(String at, String name) {
    StreamDescription needed = above.get(name);
    if (needed == null) {
      report(
          at, "no stream above is called %s%s".formatted(name, Nearest.hint(name, above.keySet())));
    } else if (needed.isOptional() && !stream.isOptional()) {
      report(at, "%s is optional, so this stream has to be as well".formatted(name));
    }
    return Optional.ofNullable(needed);
  }

  private List<String> keyOf(StreamDescription known) {
    return known instanceof StreamDescription.Child child && child.key().isEmpty()
        ? Optional.ofNullable(above.get(child.of().of())).map(this::keyOf).orElse(List.of())
        : known.key();
  }

  private void report(String at, String what) {
    findings.add(new Finding(where.append(JsonPointer.compile(at)), what));
  }
}
