package dev.paceline.load.step;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.Lake;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.log.Commit;
import dev.paceline.lake.log.CommitLog;
import dev.paceline.lake.log.Part;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.load.ops.CommitRange;
import dev.paceline.load.ops.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the lake has of a source beyond what is published.
///
/// @param commits by account; accounts without any are left out
/// @param parts all their parts, account by account in the order of the log
public record PendingCommits(Map<String, CommitRange> commits, List<PendingPart> parts) {

  /// A part to stage.
  ///
  /// @param firstSeq the `_seq` of its first line
  public record PendingPart(String account, Part part, long firstSeq) {}

  public static PendingCommits find(Lake lake, String source, Map<String, LogPosition> published) {
    refuseAnotherLake(lake, source, published);
    ObjectStore store = lake.store();
    Map<String, CommitRange> commits = new TreeMap<>();
    List<PendingPart> parts = new ArrayList<>();
    for (String account : CommitLog.accounts(store, source)) {
      List<Commit> pending = after(lake, source, account, published.get(account));
      if (!pending.isEmpty()) {
        Commit last = pending.getLast();
        commits.put(
            account, new CommitRange(pending.getFirst().number(), last.number(), last.run()));
        pending.forEach(commit -> addParts(commit, parts));
      }
    }
    return new PendingCommits(commits, parts);
  }

  /// A warehouse is always filled from the same lake.
  private static void refuseAnotherLake(
      Lake lake, String source, Map<String, LogPosition> published) {
    for (LogPosition position : published.values()) {
      if (!position.lake().equals(lake.id())) {
        throw new Failure(
            Exit.CONFIGURATION,
            "Loading %s from %s".formatted(source, lake.store().address("")),
            "this is the lake %s, but the warehouse was filled from the lake %s"
                .formatted(lake.id(), position.lake()),
            "correct --lake or --warehouse");
      }
    }
  }

  /// The commits after the published one. A log that has none at all was purged: nothing is new.
  private static List<Commit> after(
      Lake lake, String source, String account, @Nullable LogPosition position) {
    CommitLog log = new CommitLog(lake.store(), source, account);
    if (position == null) {
      return log.after(0);
    }
    Optional<Commit> published = log.find(position.number());
    if (published.isPresent() && published.get().run().equals(position.run())) {
      return log.after(position.number());
    }
    if (log.last(0) == 0) {
      return List.of();
    }
    throw new Failure(
        Exit.UNUSABLE,
        "Continuing %s after commit %d"
            .formatted(lake.store().address(LakeLayout.log(source, account)), position.number()),
        "the log was begun again: the warehouse has that commit from the run %s, the log has %s"
            .formatted(
                position.run(), published.map(found -> "one from " + found.run()).orElse("none")),
        "restore the log; if it was purged on purpose, delete the account's rows from the tables of"
            + " %s and from ops.published, and load again".formatted(source));
  }

  private static void addParts(Commit commit, List<PendingPart> parts) {
    long line = 1;
    for (Part part : commit.parts()) {
      long seq = commit.number() * Commit.SEQUENCE_STEP + line;
      parts.add(new PendingPart(commit.account(), part, seq));
      line += part.rows();
    }
  }
}
