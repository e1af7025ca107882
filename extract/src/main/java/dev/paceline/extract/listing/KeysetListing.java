package dev.paceline.extract.listing;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.ApiClient;
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

/// Newest first, each page from the last one's oldest time on, with a second of overlap: whatever
/// is uploaded meanwhile shifts nothing. A short page is not the end, for the source may leave
/// records out of a page; a page with nothing new that is not full is. A full page with nothing new
/// goes on with the next number of the same time, and so does one whose records have all one time.
///
/// Of N ≥ 1 records with times of their own it takes `2 + ceil(max(0, N − size) / (size − 1))`
/// calls.
final class KeysetListing implements Listing {

  private final StreamDescription stream;
  private final String path;
  private final Pagination.Keyset keyset;
  private final ApiClient client;
  private final Set<String> seen = new HashSet<>();
  private OptionalLong before;
  private int page = 1;
  private boolean ended;

  /// A listing from its beginning, or from where an earlier one left off.
  ///
  /// @param position as [#position] said it
  KeysetListing(
      StreamDescription stream,
      String path,
      Pagination.Keyset keyset,
      Optional<String> position,
      ApiClient client) {
    this.stream = stream;
    this.path = path;
    this.keyset = keyset;
    this.client = client;
    this.before =
        position.map(Long::parseLong).map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  @Override
  public Optional<Page> next() {
    while (!ended) {
      ApiResponse.Found<ResponsePage> answer = call();
      List<SourceRecord> all = answer.value().records();
      List<SourceRecord> fresh = all.stream().filter(found -> seen.add(found.key())).toList();
      if (fresh.isEmpty()) {
        ended = all.size() < keyset.size();
        ensureAnotherPage();
        page++;
        continue;
      }
      advanceTo(oldest(all));
      return Optional.of(new Page(fresh, answer.at()));
    }
    return Optional.empty();
  }

  @Override
  public Optional<String> position() {
    return ended || before.isEmpty()
        ? Optional.empty()
        : Optional.of(String.valueOf(before.getAsLong()));
  }

  /// Where a page leads no further back, more records than it holds have one time, or none.
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

  private ApiResponse.Found<ResponsePage> call() {
    Map<String, String> query = query();
    String doing = "Reading the stream %s from %s%s".formatted(stream.name(), path, query);
    Call call = Call.of(stream.path(), path, query);
    return ListingResponse.require(
        doing, client.get(call, body -> ResponsePage.read(stream, body)));
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

  /// Full pages of one time hold no more records than were ever seen, or they are the same again.
  private void ensureAnotherPage() {
    if (!ended && (long) page * keyset.size() > seen.size()) {
      throw new Failure(
          Exit.UNUSABLE,
          "Listing the stream %s, page %d".formatted(stream.name(), page),
          "the source gives the same page again",
          "correct page_parameter and before_parameter in api.yaml");
    }
  }

  /// The oldest time of the records that have one: one without does not hold up the others.
  private OptionalLong oldest(List<SourceRecord> records) {
    return records.stream()
        .flatMap(found -> found.text(keyset.field()).stream())
        .flatMapToLong(KeysetListing::epochSecond)
        .min();
  }

  private static LongStream epochSecond(String time) {
    try {
      return LongStream.of(Instant.parse(time).getEpochSecond());
    } catch (DateTimeParseException noTime) {
      return LongStream.empty();
    }
  }
}
