package dev.paceline.extract.describe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.paceline.extract.api.ChildOf;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stream described in words.
///
/// @param when it is read
/// @param pages how it is divided into responses
/// @param more further facts, a sentence each
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StreamSummary(
    String name,
    String path,
    String key,
    String when,
    String pages,
    @Nullable String scope,
    boolean optional,
    List<String> more) {

  static StreamSummary of(StreamDescription stream) {
    return new StreamSummary(
        stream.name(),
        stream.path(),
        key(stream),
        stream instanceof StreamDescription.Child child ? when(child) : "in every run",
        pages(stream.pagination()),
        stream.scope().orElse(null),
        stream.isOptional(),
        more(stream));
  }

  private static String key(StreamDescription stream) {
    return stream instanceof StreamDescription.Child child && child.key().isEmpty()
        ? "that of " + child.of().of()
        : ListText.and(stream.key());
  }

  private static String when(StreamDescription.Child child) {
    ChildOf childOf = child.of();
    StringBuilder when =
        new StringBuilder("for ").append(what(childOf)).append(", when it is new or ");
    when.append(
        childOf.whenChanged().isEmpty()
            ? "%s has changed".formatted(childOf.values().isEmpty() ? "it" : childOf.of())
            : "%s of %s has changed".formatted(ListText.or(childOf.whenChanged()), childOf.of()));
    childOf.countedBy().ifPresent(counter -> when.append("; not where %s is 0".formatted(counter)));
    ChildOf.Unless unless = childOf.unless();
    if (unless != null) {
      when.append("; not where %s is %s".formatted(unless.member(), unless.is()));
    }
    return when.append(child.verified() ? "; and again from time to time" : "").toString();
  }

  private static String what(ChildOf childOf) {
    List<String> ids =
        childOf.values().stream()
            .map(id -> "%s of %s".formatted(id.member(), id.stream()))
            .toList();
    return ids.isEmpty() ? "each record of " + childOf.of() : "each id in " + ListText.and(ids);
  }

  private static String pages(Pagination pagination) {
    return switch (pagination) {
      case Pagination.None() -> "one response";
      case Pagination.Page page -> "numbered pages of " + page.size();
      case Pagination.Cursor cursor when cursor.size() != null ->
          "pages of %d, each with a cursor for the next".formatted(cursor.size());
      case Pagination.Cursor _ -> "pages, each with a cursor for the next";
      case Pagination.Link() -> "pages, each with a link to the next";
      case Pagination.Keyset keyset ->
          "pages of %d by %s, newest first".formatted(keyset.size(), keyset.field());
    };
  }

  private static List<String> more(StreamDescription stream) {
    List<String> more = new ArrayList<>();
    if (!stream.volatileMembers().isEmpty()) {
      more.add(
          "a change of %s alone does not count as one"
              .formatted(ListText.or(stream.volatileMembers())));
    }
    if (stream instanceof StreamDescription.Listing listing) {
      listing
          .deletionRule()
          .ifPresent(rule ->
              more.add(
                  rule.confirmationPath()
                      .map("a key missing from the listing is deleted if %s returns 404"::formatted)
                      .orElse("a key missing from the listing is deleted")));
    }
    String records = stream.endpoint().records();
    if (records != null) {
      more.add("its records are at %s of a response".formatted(records));
    }
    return List.copyOf(more);
  }
}
