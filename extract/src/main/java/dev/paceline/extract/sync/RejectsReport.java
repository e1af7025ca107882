package dev.paceline.extract.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.paceline.extract.api.StreamDescription.Child;
import dev.paceline.extract.api.StreamDescription.Listing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The records that could not be read, by this run or an earlier one, and are tried again; and
/// those of listings that exceed a limit.
///
/// @param total how many there are
/// @param records the most recently tried ones
public record RejectsReport(long total, List<Unread> records) {

  private static final int MAX_RECORDS = 5;

  /// A record that could not be read.
  ///
  /// @param key as a JSON array
  /// @param why what the source returned last, in a few words
  /// @param since when it was first tried
  /// @param againAfter when it is tried again at the earliest; null for a record of a listing,
  ///   which every listing shows again
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Unread(
      String stream,
      @JsonRawValue String key,
      String why,
      Instant since,
      @Nullable Instant againAfter) {

    private String line() {
      String id = key.replaceAll("^\\[|]$", "");
      String again =
          againAfter == null ? "tried again in every listing" : "tried again after " + againAfter;
      return "%s %s: %s, since %s; %s".formatted(stream, id, why, since, again);
    }
  }

  /// The records of an account; null if there are none.
  static @Nullable RejectsReport of(Plan plan, AccountState state, Instant now) {
    List<Failed> rejects = new ArrayList<>();
    for (Listing stream : plan.listings()) {
      state
          .listing(stream.name())
          .records()
          .forEach((key, listed) -> {
            if (listed.misfit() != null && !state.listing(stream.name()).isUnlisted(listed)) {
              rejects.add(new Failed(stream.name(), key, listed.misfit(), true));
            }
          });
    }
    for (Child stream : plan.children()) {
      for (Map.Entry<String, ItemState> item : state.items(stream.name()).entrySet()) {
        item.getValue()
            .failure()
            .filter(failure -> item.getValue().isMissed(now))
            .ifPresent(
                failure -> rejects.add(new Failed(stream.name(), item.getKey(), failure, false)));
      }
    }
    Comparator<Failed> byLastAttempt = Comparator.comparingLong(each -> each.attempts().last());
    List<Unread> latest =
        rejects.stream()
            .sorted(byLastAttempt.reversed())
            .limit(MAX_RECORDS)
            .map(Failed::unread)
            .toList();
    return rejects.isEmpty() ? null : new RejectsReport(rejects.size(), latest);
  }

  /// For a terminal.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        total == 1
            ? "1 record could not be read"
            : "%,d records could not be read".formatted(total));
    records.forEach(record -> lines.add("  " + record.line()));
    if (total > records.size()) {
      lines.add("  and %,d more".formatted(total - records.size()));
    }
    return lines;
  }

  private record Failed(String stream, String key, Attempts attempts, boolean isListed) {

    Unread unread() {
      return new Unread(
          stream,
          key,
          attempts.reason(),
          Instant.ofEpochSecond(attempts.since()),
          isListed ? null : attempts.notBefore());
    }
  }
}
