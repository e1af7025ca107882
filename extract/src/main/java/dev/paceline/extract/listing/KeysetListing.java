package dev.paceline.extract.listing;

import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.record.SourceRecord;
import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Newest first, each page from the last one's oldest time on, with a second of overlap: whatever
/// is uploaded meanwhile shifts nothing. A short page is not the end, for the source may leave
/// records out of a page; a page with nothing new that is not full is.
///
/// Of N ≥ 1 records with times of their own it takes `2 + ceil(max(0, N − size) / (size − 1))`
/// calls.
final class KeysetListing implements Listing {

  private final StreamDescription stream;
  private final Pagination.Keyset keyset;
  private final ApiClient client;
  private final Set<String> seen = new HashSet<>();
  private OptionalLong before = OptionalLong.empty();
  private Set<String> known = Set.of();
  private int page = 1;
  private boolean ended;

  KeysetListing(StreamDescription stream, Pagination.Keyset keyset, ApiClient client) {
    this.stream = stream;
    this.keyset = keyset;
    this.client = client;
  }

  @Override
  public Optional<String> position() {
    return Optional.empty();
  }

  @Override
  public Optional<Page> next() {
    while (!ended) {
      Page answer = Listing.call(stream, client, query());
      List<SourceRecord> fresh =
          answer.records().stream().filter(found -> seen.add(found.key())).toList();
      if (fresh.isEmpty()) {
        // Full of what is known: more records than fill a page have one time.
        ended = answer.records().size() < keyset.size();
        ensureAnotherPage(answer);
        page++;
        continue;
      }
      before = OptionalLong.of(oldest(fresh) + 1);
      page = 1;
      known = Set.of();
      return Optional.of(new Page(fresh, answer.at()));
    }
    return Optional.empty();
  }

  private Map<String, String> query() {
    Map<String, String> query = new TreeMap<>();
    query.put(keyset.sizeParameter(), String.valueOf(keyset.size()));
    if (before.isPresent()) {
      query.put(keyset.beforeParameter(), String.valueOf(before.getAsLong()));
    }
    if (page > 1) {
      query.put(keyset.pageParameter(), String.valueOf(page));
    }
    return query;
  }

  private void ensureAnotherPage(Page answer) {
    Set<String> keys = answer.records().stream().map(SourceRecord::key).collect(Collectors.toSet());
    if (!ended && keys.equals(known)) {
      throw new Failure(
          Exit.UNUSABLE,
          "Listing the stream %s, page %d".formatted(stream.name(), page),
          "the source gives the same page again",
          "correct page_parameter and before_parameter in api.yaml");
    }
    known = keys;
  }

  /// The oldest time of the records that have one: one without does not hold up the others.
  private long oldest(List<SourceRecord> records) {
    return records.stream()
        .flatMap(found -> found.text(keyset.field()).stream())
        .flatMap(time -> epochSecond(time).stream())
        .min(Comparator.naturalOrder())
        .orElseThrow(() ->
            new Failure(
                Exit.UNUSABLE,
                "Listing the stream " + stream.name(),
                "no record of a page has a time in its " + keyset.field(),
                "correct pagination.field in api.yaml"));
  }

  private static Optional<Long> epochSecond(String time) {
    try {
      return Optional.of(Instant.parse(time).getEpochSecond());
    } catch (DateTimeParseException noTime) {
      return Optional.empty();
    }
  }
}
