package dev.paceline.extract.sync;

import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counts what the run of one account does, whatever becomes of it.
final class Tally {

  private final Map<String, StreamReport> streams = new LinkedHashMap<>();
  private Map<String, StreamReport> whenCommitted = Map.of();
  private final List<String> complete = new ArrayList<>();
  private final List<Long> commits = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();

  StreamReport count(String stream, long upserts, long deletes, long unchanged) {
    StreamReport sum =
        streams.getOrDefault(stream, StreamReport.NOTHING).plus(upserts, deletes, unchanged);
    streams.put(stream, sum);
    return sum;
  }

  /// A stream was listed to its end.
  void completed(String stream) {
    complete.add(stream);
  }

  /// The streams that were listed to their end.
  List<String> complete() {
    return complete;
  }

  /// All that was counted so far is in the lake.
  void committed(long number) {
    commits.add(number);
    whenCommitted = Map.copyOf(streams);
  }

  void failed(Failure failure) {
    failures.add(failure);
  }

  Exit exit() {
    return Exit.gravest(failures.stream().map(Failure::exit).toList());
  }

  AccountReport report(String account, Map<String, Long> calls) {
    Optional<Failure> gravest =
        failures.stream().filter(failure -> failure.exit() == exit()).findFirst();
    return AccountReport.of(account, commits, calls, kept(), gravest);
  }

  /// What a run wrote and could not commit is not told as written.
  private Map<String, StreamReport> kept() {
    Map<String, StreamReport> kept = new LinkedHashMap<>();
    streams.forEach((stream, seen) -> {
      StreamReport lasting = whenCommitted.getOrDefault(stream, StreamReport.NOTHING);
      kept.put(stream, new StreamReport(lasting.upserts(), lasting.deletes(), seen.unchanged()));
    });
    return kept;
  }
}
