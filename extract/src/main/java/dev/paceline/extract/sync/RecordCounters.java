package dev.paceline.extract.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts the records of an account that were read and written. Only [AccountLog] changes it.
final class RecordCounters {

  private final Map<String, StreamReport> streams = new LinkedHashMap<>();
  private Map<String, StreamReport> whenCommitted = Map.of();
  private final List<Long> commits = new ArrayList<>();

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

  /// Notes that everything counted so far was committed.
  void committed(long number) {
    commits.add(number);
    whenCommitted = Map.copyOf(streams);
  }

  /// How many records were read, new or not.
  long records() {
    return streams.values().stream().mapToLong(StreamReport::records).sum();
  }

  /// The numbers of the commits.
  List<Long> commits() {
    return List.copyOf(commits);
  }

  /// What was found, by stream. Records that were written but could not be committed do not count.
  Map<String, StreamReport> committedStreams() {
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
