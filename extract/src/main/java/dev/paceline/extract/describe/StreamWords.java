package dev.paceline.extract.describe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.paceline.extract.api.Each;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stream in words.
///
/// @param when it is read
/// @param pages how it is spread over answers
/// @param more what else there is to know, a sentence each
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StreamWords(
    String name,
    String path,
    String key,
    String when,
    String pages,
    @Nullable String scope,
    boolean optional,
    List<String> more) {

  static StreamWords of(StreamDescription stream) {
    return new StreamWords(
        stream.name(),
        stream.path(),
        key(stream),
        stream.forEach().map(each -> when(each, stream.isVerified())).orElse("in every run"),
        pages(stream.pagination()),
        stream.scope(),
        stream.isOptional(),
        more(stream));
  }

  private static String key(StreamDescription stream) {
    return stream.key().isEmpty()
        ? "that of " + stream.forEach().map(Each::of).orElseThrow()
        : ListText.and(stream.key());
  }

  private static String when(Each each, boolean verified) {
    StringBuilder when =
        new StringBuilder("for ").append(what(each)).append(", when it is new or ");
    when.append(
        each.whenChanged().isEmpty()
            ? "%s has changed".formatted(each.values().isEmpty() ? "it" : each.of())
            : "%s of %s has changed".formatted(ListText.or(each.whenChanged()), each.of()));
    each.countedBy().ifPresent(counter -> when.append("; not where %s is 0".formatted(counter)));
    Each.Unless unless = each.unless();
    if (unless != null) {
      when.append("; not where %s is %s".formatted(unless.member(), unless.is()));
    }
    return when.append(verified ? "; from time to time also unasked" : "").toString();
  }

  private static String what(Each each) {
    List<String> ids =
        each.values().stream().map(id -> "%s of %s".formatted(id.member(), id.stream())).toList();
    return ids.isEmpty() ? "each record of " + each.of() : "each id in " + ListText.and(ids);
  }

  private static String pages(Pagination pagination) {
    return switch (pagination) {
      case Pagination.None() -> "one answer";
      case Pagination.Page page -> "numbered pages of " + page.size();
      case Pagination.Cursor cursor when cursor.size() != null ->
          "pages of %d, each says where the next begins".formatted(cursor.size());
      case Pagination.Cursor _ -> "pages, each says where the next begins";
      case Pagination.Link() -> "pages, each links to the next";
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
    stream
        .whenGone()
        .ifPresent(gone ->
            more.add(
                gone.confirmedAt()
                    .map("a key that the listing lacks is gone when %s answers 404"::formatted)
                    .orElse("a key that the listing lacks is gone")));
    if (stream.records() != null) {
      more.add("its records are at %s of an answer".formatted(stream.records()));
    }
    return List.copyOf(more);
  }
}
