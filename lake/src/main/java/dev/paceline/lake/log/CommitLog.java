package dev.paceline.lake.log;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.Json;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Put;
import dev.paceline.lake.store.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The numbered commits of one account. There is exactly one per number, and their order is the
/// only order of records.
public final class CommitLog {

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
        throw new Failure(
            Exit.UNUSABLE,
            "Reading the log " + store.address(LakeLayout.log(source, account)),
            "commit %d is missing, although %d exists".formatted(expected, number),
            "restore the object, or start from an empty lake");
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
      String key = LakeLayout.commit(source, account, number);
      Put put = store.putIfAbsent(key, Json.bytes(numbered));
      if (put instanceof Put.Stored || read(number).isSameAs(commit)) {
        return numbered;
      }
    }
  }

  private List<Long> numbersAfter(long known) {
    String folder = LakeLayout.log(source, account);
    String after = known == 0 ? "" : LakeLayout.commit(source, account, known);
    List<Long> numbers = new ArrayList<>();
    for (String key : store.list(folder, after)) {
      String name = key.substring(folder.length());
      if (!name.matches("\\d{10}\\.json")) {
        throw unreadable(key, "this is not the name of a commit", null);
      }
      numbers.add(Long.parseLong(name, 0, 10, 10));
    }
    return numbers;
  }

  private Commit read(long number) {
    String key = LakeLayout.commit(source, account, number);
    Optional<StoredObject> stored = store.read(key);
    if (stored.isEmpty()) {
      throw unreadable(key, "it was deleted after it was listed", null);
    }
    try {
      return Json.MAPPER.readValue(stored.get().body(), Commit.class);
    } catch (IOException malformed) {
      throw unreadable(key, "it is not a commit that this version can read", malformed);
    }
  }

  private Failure unreadable(String key, String what, @Nullable Throwable cause) {
    String doing = "Reading " + store.address(key);
    String remedy = "restore the object, or start from an empty lake";
    return cause == null
        ? new Failure(Exit.UNUSABLE, doing, what, remedy)
        : new Failure(Exit.UNUSABLE, doing, what, remedy, cause);
  }
}
