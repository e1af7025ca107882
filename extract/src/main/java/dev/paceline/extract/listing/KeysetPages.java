package dev.paceline.extract.listing;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.http.Call;
import dev.paceline.extract.record.SourceRecord;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/// Lists newest first. Each page begins at the oldest time of the page before, with a second of
/// overlap, so that a record uploaded in the meantime shifts nothing. A short page is not the end,
/// because the source may leave records out of a page; a page that is not full and has nothing new
/// is. After a full page with nothing new, or whose records all have the same time, the next page
/// number of the same time is read.
///
/// N ≥ 1 records with distinct times take `2 + ceil(max(0, N − size) / (size − 1))` calls.
final class KeysetPages implements Pages {

  private final StreamDescription stream;
  private final String path;
  private final Pagination.Keyset keyset;
  private final PageCaller caller;
  private final Set<String> seen = new HashSet<>();
  private OptionalLong before;
  private int page = 1;
  private boolean ended;

  /// A listing from its beginning, or from where an earlier one stopped.
  ///
  /// @param position as returned by [#position]
  KeysetPages(
      StreamDescription stream,
      String path,
      Pagination.Keyset keyset,
      Optional<String> position,
      PageCaller caller) {
    this.stream = stream;
    this.path = path;
    this.keyset = keyset;
    this.caller = caller;
    this.before =
        position.map(Long::parseLong).map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  @Override
  public Next next() {
    while (!ended) {
      Call call = Call.of(stream.path(), path, query());
      ApiResponse<ResponsePage> response = caller.call(call);
      if (!(response instanceof ApiResponse.Found<ResponsePage> found)) {
        return ListingResponse.refusal(
            "Reading the stream %s from %s".formatted(stream.name(), call.where()), response);
      }
      List<SourceRecord> all = found.value().records();
      List<SourceRecord> fresh = all.stream().filter(record -> seen.add(record.key())).toList();
      if (fresh.isEmpty()) {
        ended = all.size() < keyset.size();
        ensureAnotherPage();
        page++;
        continue;
      }
      advanceTo(oldest(all));
      return new Page(fresh, found.at());
    }
    return new End();
  }

  @Override
  public Optional<String> position() {
    return ended || before.isEmpty()
        ? Optional.empty()
        : Optional.of(String.valueOf(before.getAsLong()));
  }

  /// Moves to the oldest time of a page. If that is no further back, more records than fit on a
  /// page have the same time, or none, and the next page number is read.
  private void advanceTo(OptionalLong oldest) {
    long last = before.orElse(Long.MAX_VALUE);
    if (oldest.isPresent() && oldest.getAsLong() + 1 < last) {
      before = OptionalLong.of(oldest.getAsLong() + 1);
      page = 1;
    } else if (before.isPresent()) {
      page++;
    } else {
      throw new Failure(
          Exit.UNUSABLE,
          "Listing the stream " + stream.name(),
          "no record of a page has a time in its " + keyset.field(),
          "correct pagination.field in api.yaml");
    }
  }

  private Map<String, String> query() {
    Map<String, String> query = new TreeMap<>(stream.query());
    query.put(keyset.sizeParameter(), String.valueOf(keyset.size()));
    if (before.isPresent()) {
      query.put(keyset.beforeParameter(), String.valueOf(before.getAsLong()));
    }
    if (page > 1) {
      query.put(keyset.pageParameter(), String.valueOf(page));
    }
    return query;
  }

  /// Full pages of the same time cannot contain more records than were seen in total, unless the
  /// source repeats a page.
  private void ensureAnotherPage() {
    if (!ended && (long) page * keyset.size() > seen.size()) {
      throw new Failure(
          Exit.UNUSABLE,
          "Listing the stream %s, page %d".formatted(stream.name(), page),
          "the source returns the same page again",
          "correct page_parameter and before_parameter in api.yaml");
    }
  }

  /// The oldest time of the records; those without a time are ignored.
  private OptionalLong oldest(List<SourceRecord> records) {
    return records.stream()
        .flatMap(found -> found.text(keyset.field()).stream())
        .flatMapToLong(KeysetPages::epochSecond)
        .min();
  }

  private static LongStream epochSecond(String time) {
    try {
      return LongStream.of(Instant.parse(time).getEpochSecond());
    } catch (DateTimeParseException notATime) {
      return LongStream.empty();
    }
  }
}
