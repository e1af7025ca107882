package dev.paceline.extract.sync;

import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.record.SourceRecord;
import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

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
  private int page = 1;
  private boolean ended;

  KeysetListing(StreamDescription stream, Pagination.Keyset keyset, ApiClient client) {
    this.stream = stream;
    this.keyset = keyset;
    this.client = client;
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
        page++;
        continue;
      }
      before = OptionalLong.of(oldest(fresh) + 1);
      page = 1;
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

  private long oldest(List<SourceRecord> records) {
    return records.stream().mapToLong(this::epochSecond).min().orElseThrow();
  }

  private long epochSecond(SourceRecord found) {
    String time = found.text(keyset.field()).orElse("");
    try {
      return Instant.parse(time).getEpochSecond();
    } catch (DateTimeParseException malformed) {
      throw new Failure(
          Exit.UNUSABLE,
          "Listing the stream " + stream.name(),
          "the record %s has %s \"%s\"".formatted(found.key(), keyset.field(), time),
          "correct pagination.field in api.yaml: it must be a time",
          malformed);
    }
  }
}
