package dev.paceline.lake.log;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.Json;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.StrictJson.Unfit;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Put;
import dev.paceline.lake.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The numbered commits of one account. There is exactly one per number, and their order is the
/// only order of records.
public final class CommitLog {

  private static final Pattern NAME = Pattern.compile("([0-9]{10})\\.json");

  private final ObjectStore store;
  private final String source;
  private final String account;

  public CommitLog(ObjectStore store, String source, String account) {
    this.store = store;
    this.source = source;
    this.account = account;
  }

  /// The accounts of a source that have commits, sorted by name.
  public static List<String> accounts(ObjectStore store, String source) {
    return store.folders(LakeLayout.logs(source)).stream().filter(LakeLayout::isAccount).toList();
  }

  /// The number of the last commit, at least `known`; lists only the commits after that one.
  public long last(long known) {
    List<Long> later = numbersAfter(known);
    return later.isEmpty() ? known : later.getLast();
  }

  /// Whether a commit exists; 0, which stands for "before the first", always does.
  public boolean has(long number) {
    return number == 0 || store.read(LakeLayout.commit(source, account, number)).isPresent();
  }

  /// The commits after number `known`, in order. They are small: they list parts, not records.
  public List<Commit> after(long known) {
    List<Commit> commits = new ArrayList<>();
    long expected = known + 1;
    for (long number : numbersAfter(known)) {
      if (number != expected) {
        throw unreadable(
            expected, "commit %d is missing, although %d exists".formatted(expected, number));
      }
      commits.add(read(number));
      expected++;
    }
    return commits;
  }

  /// Appends a commit after number `known` and everything committed since, and returns it with its
  /// number. If the response to a successful write was lost, the commit is recognised by run and
  /// sequence: nothing is ever committed twice.
  public Commit append(Commit commit, long known) {
    for (long number = last(known) + 1; ; number++) {
      Commit numbered = commit.withNumber(number);
      Put put = store.putIfAbsent(LakeLayout.commit(source, account, number), readable(numbered));
      if (put instanceof Put.Stored || read(number).isSameAs(commit)) {
        return numbered;
      }
    }
  }

  /// A commit's bytes. What could not be read back is never written: it would end the log.
  private byte[] readable(Commit commit) {
    byte[] body = Json.bytes(commit);
    try {
      new CommitParser(source, account, commit.number()).parse(body);
      return body;
    } catch (Unfit unfit) {
      throw new IllegalStateException(
          "Commit %d of %s is not valid: %s"
              .formatted(commit.number(), account, unfit.getMessage()),
          unfit);
    }
  }

  /// Objects with other names are none of ours: a file manager's, or a copy that someone made.
  private List<Long> numbersAfter(long known) {
    String folder = LakeLayout.log(source, account);
    String after = known == 0 ? "" : LakeLayout.commit(source, account, known);
    return store.list(folder, after).stream()
        .map(key -> NAME.matcher(key.substring(folder.length())))
        .filter(Matcher::matches)
        .map(name -> Long.valueOf(name.group(1)))
        .toList();
  }

  private Commit read(long number) {
    return find(number).orElseThrow(() -> unreadable(number, "it exists no more"));
  }

  /// A commit; empty if there is none with that number.
  public Optional<Commit> find(long number) {
    return store
        .read(LakeLayout.commit(source, account, number))
        .map(stored -> parse(number, stored));
  }

  private Commit parse(long number, StoredObject stored) {
    try {
      return new CommitParser(source, account, number).parse(stored.body());
    } catch (Unfit unfit) {
      throw unreadable(number, "the commit is damaged: " + unfit.getMessage());
    }
  }

  private Failure unreadable(long number, String what) {
    return new Failure(
        Exit.UNUSABLE,
        "Reading " + store.address(LakeLayout.commit(source, account, number)),
        what,
        "restore the object from a backup or an older version; nothing else in the lake is affected");
  }
}
