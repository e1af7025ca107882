package dev.paceline.extract.listing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription.Listing;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.http.Call;
import dev.paceline.extract.record.JsonSlice;
import dev.paceline.extract.record.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The pages in which a source lists records that are known, for a forecast: as many as the real
/// listing has, each for the same number of calls.
public final class KnownPages implements Pages {

  private final Deque<List<SourceRecord>> pages = new ArrayDeque<>();
  private final Supplier<Instant> call;

  private KnownPages(List<SourceRecord> records, int pages, int size, Supplier<Instant> call) {
    for (int i = 0; i < pages; i++) {
      int from = Math.min(records.size(), i * size);
      this.pages.add(records.subList(from, Math.min(records.size(), from + size)));
    }
    this.call = call;
  }

  /// A record that a listing has.
  ///
  /// @param time in epoch seconds; 0 if it has none
  public record Known(String key, String hash, long time) {}

  /// The pages of a listing.
  ///
  /// @param records all that it has
  /// @param pages how many pages it had the last time; 0 if unknown
  /// @param position where an earlier run stopped; empty for the beginning
  /// @param call spends a call, and returns the source's time
  public static Pages of(
      Listing stream,
      List<Known> records,
      long pages,
      Optional<String> position,
      Supplier<Instant> call) {
    if (stream.pagination() instanceof Pagination.Keyset keyset) {
      return keyset(stream, keyset, records, position, call);
    }
    List<SourceRecord> all = records.stream().map(known -> record(known, "")).toList();
    int count = count(stream.pagination(), all.size(), pages);
    int size =
        stream.pagination() instanceof Pagination.Page page
            ? page.size()
            : Math.ceilDiv(all.size(), count);
    return new KnownPages(all, count, size, call);
  }

  private static int count(Pagination pagination, int records, long pages) {
    return switch (pagination) {
      case Pagination.None _ -> 1;
      case Pagination.Page page -> 1 + records / page.size();
      case Pagination.Cursor _, Pagination.Link _, Pagination.Keyset _ -> (int) Math.max(1, pages);
    };
  }

  @Override
  public Next next() {
    if (pages.isEmpty()) {
      return new End();
    }
    Instant at = call.get(); // if the budget is spent, the page is still to come
    return new Page(pages.removeFirst(), at);
  }

  @Override
  public Optional<String> position() {
    return Optional.empty();
  }

  /// The real listing, with responses from the known records instead of the source.
  private static Pages keyset(
      Listing stream,
      Pagination.Keyset keyset,
      List<Known> records,
      Optional<String> position,
      Supplier<Instant> call) {
    List<Known> newestFirst =
        records.stream().sorted(Comparator.comparingLong(Known::time).reversed()).toList();
    return new KeysetPages(
        stream,
        stream.path(),
        keyset,
        position,
        request -> {
          Instant at = call.get();
          ResponsePage page =
              new ResponsePage(found(newestFirst, keyset, request), Optional.empty());
          return new ApiResponse.Found<>(page, Map.of(), at);
        });
  }

  private static List<SourceRecord> found(
      List<Known> newestFirst, Pagination.Keyset keyset, Call request) {
    long before = number(request, keyset.beforeParameter(), Long.MAX_VALUE);
    long page = number(request, keyset.pageParameter(), 1);
    long first = indexBefore(newestFirst, before) + (page - 1) * keyset.size();
    int from = (int) Math.min(newestFirst.size(), first);
    int to = Math.min(newestFirst.size(), from + keyset.size());
    return newestFirst.subList(from, to).stream()
        .map(known -> record(known, keyset.field()))
        .toList();
  }

  /// The index of the first record that is older than a time.
  private static int indexBefore(List<Known> newestFirst, long before) {
    int low = 0;
    int high = newestFirst.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (newestFirst.get(middle).time() < before) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static long number(Call request, String parameter, long otherwise) {
    String value = request.query().get(parameter);
    return value == null ? otherwise : Long.parseLong(value);
  }

  /// What the listing needs of a record: its key, its hash and its time.
  private static SourceRecord record(Known known, String timeMember) {
    String json =
        known.time() == 0
            ? "{}"
            : JsonNodeFactory.instance
                .objectNode()
                .put(timeMember, Instant.ofEpochSecond(known.time()).toString())
                .toString();
    JsonSlice slice = JsonSlice.of(json.getBytes(StandardCharsets.UTF_8));
    return new SourceRecord(known.key(), slice, known.hash(), null);
  }
}
