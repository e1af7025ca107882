package dev.paceline.lake;

import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The keys of the lake's objects. No object below `bronze/` or `log/` and no account's state holds
/// data of two accounts: purging an account is deleting its prefixes.
public final class LakeLayout {

  private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  /// Nine digits at most, so that the number is an `int`.
  private static final Pattern PART_NUMBER = Pattern.compile("/part-([0-9]{5,9})\\.jsonl\\.gz$");

  /// The object that makes a store a lake, with its id; written first.
  public static final String LAKE = "lake.json";

  /// Whether a name can be an account's: one that is a valid folder name everywhere, and does not
  /// begin with `_`, which is reserved.
  public static boolean isAccount(String name) {
    return ACCOUNT.matcher(name).matches();
  }

  /// The folder of all logs.
  public static final String LOGS = "log/";

  /// The largest number of a commit: its name has ten digits, so that names sort like numbers.
  public static final long LAST_COMMIT = 9_999_999_999L;

  /// The folder that holds a folder for each account that has a log.
  public static String logs(String source) {
    return LOGS + source + "/";
  }

  /// The folder of an account's commits.
  public static String log(String source, String account) {
    return logs(source) + account + "/";
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

  /// Whether a key is that of a part, with any number, of this stream, account, day and run.
  public static boolean isPart(
      String key, String source, String account, String stream, LocalDate ds, String run) {
    Matcher number = PART_NUMBER.matcher(key);
    return number.find()
        && key.equals(part(source, account, stream, ds, run, Integer.parseInt(number.group(1))));
  }

  /// What is known about the source, as one account sees it.
  public static String state(String source, String account) {
    return "state/%s/%s.json.gz".formatted(source, account);
  }

  /// What the accounts of an application share; no account's name begins with `_`.
  public static String applicationState(String source, String application) {
    return "state/%s/_app-%s.json".formatted(source, application);
  }

  /// The lock of an account, held by whoever writes its log.
  public static String lock(String source, String account) {
    return "locks/%s/%s".formatted(source, account);
  }

  /// The report of one step of a run.
  public static String report(String source, LocalDate ds, String run, String step) {
    return "reports/%s/ds=%s/%s-%s.json".formatted(source, ds, run, step);
  }

  private LakeLayout() {}
}
