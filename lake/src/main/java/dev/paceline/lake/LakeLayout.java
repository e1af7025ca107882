package dev.paceline.lake;

import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;

/// The keys of the lake's objects. No object below `bronze/` or `log/` and no account's state holds
/// data of two accounts: purging an account is deleting its prefixes.
public final class LakeLayout {

  private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  /// Whether a name can be an account's: one that is a valid folder name everywhere, and does not
  /// begin with `_`, which is reserved.
  public static boolean isAccount(String name) {
    return ACCOUNT.matcher(name).matches();
  }

  /// The folder that holds a folder for each account that has a log.
  public static String logs(String source) {
    return "log/%s/".formatted(source);
  }

  /// The folder of an account's commits.
  public static String log(String source, String account) {
    return "log/%s/%s/".formatted(source, account);
  }

  /// Commit `number` of an account.
  public static String commit(String source, String account, long number) {
    return log(source, account) + String.format(Locale.ROOT, "%010d.json", number);
  }

  /// Part `number` (from 0) of one stream and one account, written by a run.
  public static String part(
      String source, String account, String stream, LocalDate ds, String run, int number) {
    return String.format(
        Locale.ROOT,
        "bronze/%s/%s/%s/ds=%s/%s/part-%05d.jsonl.gz",
        source,
        account,
        stream,
        ds,
        run,
        number);
  }

  /// What is known about the source, as one account sees it.
  public static String state(String source, String account) {
    return "state/%s/%s.json.gz".formatted(source, account);
  }

  /// What the accounts of an application share; no account's name begins with `_`.
  public static String applicationState(String source, String application) {
    return "state/%s/_app-%s.json".formatted(source, application);
  }

  /// The lock of an application, because its accounts share its budget.
  public static String lock(String source, String application) {
    return "locks/%s-%s".formatted(source, application);
  }

  /// The report of one step of a run.
  public static String report(String source, LocalDate ds, String run, String step) {
    return "reports/%s/ds=%s/%s-%s.json".formatted(source, ds, run, step);
  }

  private LakeLayout() {}
}
