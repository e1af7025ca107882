package dev.paceline.load.step;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.log.Commit;
import dev.paceline.lake.log.CommitLog;
import dev.paceline.lake.log.Part;
import dev.paceline.lake.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
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

  public static PendingCommits find(
      ObjectStore store, String source, Map<String, LogPosition> published) {
    Map<String, CommitRange> commits = new TreeMap<>();
    List<PendingPart> parts = new ArrayList<>();
    TreeSet<String> accounts = new TreeSet<>(CommitLog.accounts(store, source));
    accounts.addAll(published.keySet()); // one that the lake lacks reveals another lake
    for (String account : accounts) {
      List<Commit> pending = after(store, source, account, published.get(account));
      if (!pending.isEmpty()) {
        Commit last = pending.getLast();
        commits.put(
            account, new CommitRange(pending.getFirst().number(), last.number(), last.run()));
        pending.forEach(commit -> addParts(commit, parts));
      }
    }
    return new PendingCommits(commits, parts);
  }

  /// The commits after the published one. That one is read too, and must be the one that was
  /// published: a warehouse is always filled from the same lake.
  private static List<Commit> after(
      ObjectStore store, String source, String account, @Nullable LogPosition position) {
    CommitLog log = new CommitLog(store, source, account);
    if (position == null) {
      return log.after(0);
    }
    List<Commit> commits = log.after(position.number() - 1);
    if (commits.isEmpty() || !commits.getFirst().run().equals(position.run())) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Continuing %s of %s after commit %d".formatted(account, source, position.number()),
          "the warehouse has that commit from run %s, but the lake has %s"
              .formatted(
                  position.run(),
                  commits.isEmpty() ? "none" : "one from run " + commits.getFirst().run()),
          "correct --lake or --warehouse: this warehouse was filled from another lake");
    }
    return commits.subList(1, commits.size());
  }

  private static void addParts(Commit commit, List<PendingPart> parts) {
    if (commit.rows() >= Commit.SEQUENCE_STEP) {
      throw new Failure(
          Exit.UNUSABLE,
          "Staging commit %d of %s".formatted(commit.number(), commit.account()),
          "it has %d lines, more than _seq can number".formatted(commit.rows()),
          "report it as a bug: extract commits long before that");
    }
    long line = 1;
    for (Part part : commit.parts()) {
      long seq = commit.number() * Commit.SEQUENCE_STEP + line;
      parts.add(new PendingPart(commit.account(), part, seq));
      line += part.rows();
    }
  }
}
