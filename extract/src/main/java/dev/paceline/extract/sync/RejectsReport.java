package dev.paceline.extract.sync;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.paceline.extract.api.StreamDescription.Child;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The records that could not be read, by this run or an earlier one, and are tried again.
///
/// @param total how many there are
/// @param records the most recently tried ones
public record RejectsReport(long total, List<Unread> records) {

  private static final int MAX_RECORDS = 5;

  /// A record that could not be read.
  ///
  /// @param key as a JSON array
  /// @param why the status and reason of the last response
  /// @param since when it was first tried
  /// @param againAfter when it is tried again at the earliest
  public record Unread(
      String stream, @JsonRawValue String key, String why, Instant since, Instant againAfter) {

    private String line() {
      return "%s %s: %s, since %s; tried again after %s"
          .formatted(stream, key.replaceAll("^\\[|]$", ""), why, since, againAfter);
    }
  }

  /// The records of an account; null if there are none.
  static @Nullable RejectsReport of(Plan plan, AccountState state) {
    List<Failed> rejects = new ArrayList<>();
    for (Child stream : plan.children()) {
      for (Map.Entry<String, ItemState> item : state.items(stream.name()).entrySet()) {
        item.getValue()
            .failure()
            .ifPresent(failure -> rejects.add(new Failed(stream.name(), item.getKey(), failure)));
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

  private record Failed(String stream, String key, Attempts attempts) {

    Unread unread() {
      return new Unread(
          stream,
          key,
          attempts.what(),
          Instant.ofEpochSecond(attempts.since()),
          attempts.notBefore());
    }
  }
}
