package dev.paceline.lake.log;

import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.StrictJson;
import dev.paceline.lake.StrictJson.Unfit;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parses the commit with one number in the log of one account, as strictly as it can be checked
/// without its parts: nothing of a commit is believed if any of it is wrong.
final class CommitParser {

  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
  private static final Pattern STREAM = Pattern.compile("_?[a-z][a-z0-9_]{0,40}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z");
  private static final Pattern NOT_BLANK = Pattern.compile("(?s).*\\S.*");
  private static final String STREAM_FORM = "the name of a stream";

  private final String source;
  private final String account;
  private final long number;

  CommitParser(String source, String account, long number) {
    this.source = source;
    this.account = account;
    this.number = number;
  }

  Commit parse(byte[] body) throws Unfit {
    StrictJson json = StrictJson.parse(body);
    if (json.whole("number", 1, LakeLayout.LAST_COMMIT) != number) {
      throw json.unfit("number", "but the object's name says " + number);
    }
    requireEqual(json, "source", source);
    requireEqual(json, "account", account);
    String run = json.text("run", RUN, "the id of a run");
    LocalDate ds = date(json, "ds");
    Commit commit =
        new Commit(
            number,
            source,
            account,
            run,
            (int) json.whole("sequence", 1, Integer.MAX_VALUE),
            orchestrator(json),
            ds,
            time(json, "committed_at"),
            json.text("api", NOT_BLANK, "a version"),
            json.whole("calls", 0, Long.MAX_VALUE),
            distinct(json, "complete"),
            parts(json, run, ds));
    json.end();
    return commit;
  }

  private static void requireEqual(StrictJson json, String name, String expected) throws Unfit {
    if (!json.text(name, NOT_BLANK, "text").equals(expected)) {
      throw json.unfit(name, "but this is the log of " + expected);
    }
  }

  private static @Nullable Orchestrator orchestrator(StrictJson commit) throws Unfit {
    Optional<StrictJson> json = commit.optionalObject("orchestrator");
    if (json.isEmpty()) {
      return null;
    }
    String run = json.get().text("run", NOT_BLANK, "the name of a run");
    Integer attempt =
        json.get().has("attempt") ? (int) json.get().whole("attempt", 0, Integer.MAX_VALUE) : null;
    json.get().end();
    return new Orchestrator(run, attempt);
  }

  private static LocalDate date(StrictJson json, String name) throws Unfit {
    try {
      return LocalDate.parse(json.text(name, DATE, "a date"));
    } catch (DateTimeException noSuchDay) {
      throw json.unfit(name, "and there is no such day");
    }
  }

  private static Instant time(StrictJson json, String name) throws Unfit {
    try {
      return Instant.parse(json.text(name, TIME, "a time in UTC"));
    } catch (DateTimeException noSuchTime) {
      throw json.unfit(name, "and there is no such time");
    }
  }

  private static List<String> distinct(StrictJson json, String name) throws Unfit {
    List<String> streams = json.texts(name, STREAM, STREAM_FORM);
    if (new HashSet<>(streams).size() < streams.size()) {
      throw json.unfit(name, "and names a stream twice");
    }
    return streams;
  }

  private List<Part> parts(StrictJson commit, String run, LocalDate ds) throws Unfit {
    List<Part> parts = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    long rows = 0;
    for (StrictJson json : commit.objects("parts")) {
      Part part = part(json, run, ds);
      if (!keys.add(part.key())) {
        throw json.unfit("key", "as is that of another part");
      }
      rows += part.rows(); // cannot overflow: checked after each part
      if (rows > Commit.MAX_ROWS) {
        throw new Unfit(
            "its parts have more than the %d rows of a commit".formatted(Commit.MAX_ROWS));
      }
      parts.add(part);
    }
    return parts;
  }

  /// A part has a line at least, and gzip does not make a file of less than 20 bytes.
  private Part part(StrictJson json, String run, LocalDate ds) throws Unfit {
    String stream = json.text("stream", STREAM, STREAM_FORM);
    String key = json.text("key", NOT_BLANK, "a key");
    if (!LakeLayout.isPart(key, source, account, stream, ds, run)) {
      throw json.unfit("key", "not that of a part of this stream, day and run");
    }
    Part part =
        new Part(
            stream,
            key,
            json.whole("rows", 1, Commit.MAX_ROWS),
            json.whole("bytes", 20, Long.MAX_VALUE),
            json.text("sha256", SHA256, "a SHA-256 of 64 hexadecimal digits"));
    json.end();
    return part;
  }
}
