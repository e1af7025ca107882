package dev.paceline.extract.sync;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Counts what the run of one account does, whether or not it succeeds.
final class RunCounters {

  private final Map<String, StreamReport> streams = new LinkedHashMap<>();
  private Map<String, StreamReport> whenCommitted = Map.of();
  private final Map<String, String> skipped = new TreeMap<>();
  private final Set<String> complete = new LinkedHashSet<>();
  private final List<Long> commits = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private long verifications;
  private long verifiedChanges;

  void upserted(String stream) {
    count(stream, 1, 0, 0, 0);
  }

  void deleted(String stream) {
    count(stream, 0, 1, 0, 0);
  }

  void rejected(String stream) {
    count(stream, 0, 0, 1, 0);
  }

  void unchanged(String stream) {
    count(stream, 0, 0, 0, 1);
  }

  private void count(String stream, long upserts, long deletes, long rejects, long unchanged) {
    StreamReport known = streams.getOrDefault(stream, StreamReport.NOTHING);
    streams.put(stream, known.plus(upserts, deletes, rejects, unchanged));
  }

  long records() {
    return streams.values().stream().mapToLong(StreamReport::records).sum();
  }

  /// Counts a record that was read again for edits that no listing shows.
  void verified(boolean changed) {
    verifications++;
    verifiedChanges += changed ? 1 : 0;
  }

  /// Notes that a stream is not read in this run.
  ///
  /// @param why in a few words
  void skipped(String stream, String why) {
    skipped.put(stream, why);
  }

  boolean isSkipped(String stream) {
    return skipped.containsKey(stream);
  }

  /// Notes that a stream was listed to the end.
  void completed(String stream) {
    complete.add(stream);
  }

  /// The streams that were listed to the end, each once, however often it was listed.
  List<String> complete() {
    return List.copyOf(complete);
  }

  /// Notes that everything counted so far was committed.
  void committed(long number) {
    commits.add(number);
    whenCommitted = Map.copyOf(streams);
  }

  void failed(Failure failure) {
    failures.add(failure);
  }

  Failure lastFailure() {
    return failures.getLast();
  }

  /// The report of the account's run.
  ///
  /// @param calls to the source, by endpoint
  AccountReport report(
      String account, Map<String, Long> calls, @Nullable QueueReport queue, VerifyReport verified) {
    Exit exit = Exit.mostSevere(failures.stream().map(Failure::exit).toList());
    Optional<Failure> mostSevere =
        failures.stream().filter(failure -> failure.exit() == exit).findFirst();
    Optional<Instant> resumeAt =
        failures.stream()
            .flatMap(failure -> failure.resumeAt().stream())
            .max(Comparator.naturalOrder());
    return AccountReport.of(
        account,
        exit,
        mostSevere,
        resumeAt,
        commits,
        calls,
        committedStreams(),
        skipped,
        queue,
        verified);
  }

  /// The verification of this run, for the report.
  ///
  /// @param known how many records are verified in turn
  /// @param perRun how many of them a run reads
  VerifyReport verification(long known, int perRun) {
    long days = perRun == 0 ? 0 : Math.ceilDiv(known, perRun);
    return new VerifyReport(verifications, verifiedChanges, known, days);
  }

  /// Records that were written but could not be committed are not reported.
  private Map<String, StreamReport> committedStreams() {
    Map<String, StreamReport> kept = new LinkedHashMap<>();
    streams.forEach((stream, seen) -> {
      StreamReport committed = whenCommitted.getOrDefault(stream, StreamReport.NOTHING);
      kept.put(
          stream,
          new StreamReport(
              committed.upserts(), committed.deletes(), committed.rejects(), seen.unchanged()));
    });
    return kept;
  }
}
