package dev.paceline.testing;

import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A way to damage a commit's object: what bit rot, an editor or malice make of it. Each must be
/// noticed by whoever reads the commit, whatever the commit is, as long as it is the first of its
/// log and has one part.
public final class CommitDamage {

  private static final String LONG = "4611686018427387904"; // 2 to the power of 62

  private final String name;
  private final UnaryOperator<String> damage;

  private CommitDamage(String name, UnaryOperator<String> damage) {
    this.name = name;
    this.damage = damage;
  }

  public static Stream<CommitDamage> all() {
    return Stream.of(bytes(), members(), parts(), keys()).flatMap(each -> each);
  }

  /// The damaged object. One byte is one character, whatever its value.
  public byte[] applyTo(byte[] commit) {
    String before = new String(commit, StandardCharsets.ISO_8859_1);
    String after = damage.apply(before);
    if (after.equals(before)) {
      throw new IllegalStateException(name + " does not change " + before);
    }
    return after.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return name;
  }

  private static Stream<CommitDamage> bytes() {
    return Stream.of(
        of("no bytes", text -> ""),
        of("its first half", text -> text.substring(0, text.length() / 2)),
        of("no last byte", text -> text.substring(0, text.length() - 1)),
        of("a block of zeros", text -> "\0".repeat(text.length())),
        of("a NUL at the end", text -> text + "\0"),
        of("a byte that is not UTF-8", text -> text.replace("\"api\":\"", "\"api\":\"\u00ff")),
        of("an overlong sequence", text -> text.replace("\"api\":\"", "\"api\":\"\u00c1\u0081")),
        of("a byte-order mark", text -> "\u00ef\u00bb\u00bf" + text),
        of("UTF-16", text -> utf16(text)),
        of("null", text -> "null"),
        of("a number", text -> "1"),
        of("a list", text -> "[" + text + "]"),
        of("an empty object", text -> "{}"),
        of("other text", text -> "<html>not found</html>"),
        of("a second object", text -> text + text),
        of("a comment", text -> text + "// restored"),
        of("too many levels", text -> "{\"number\":" + "[".repeat(100_000)),
        of("a number of too many digits", text -> set(text, "calls", "9".repeat(5_000))));
  }

  private static String utf16(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.ISO_8859_1);
  }

  private static Stream<CommitDamage> members() {
    return Stream.of(
            setting("number", "3", "0", "-1", "10000000000", LONG, "1e999", "1.0", "1e0", "true"),
            setting("number", "\"1\"", "null", "01", "+1", "18446744073709551617"),
            setting("source", "\"other\"", "\"\"", "null", "7"),
            setting("account", "\"other\"", "\"../other\"", "\"\"", "null", "[]"),
            setting("run", "\"other\"", "\"..\"", "\"a/b\"", "\"\\u0000\"", "\"\"", "null", "1"),
            setting("sequence", "0", "-1", "2147483648", LONG, "1.5", "\"1\"", "null"),
            setting(
                "ds", "\"2026-11-30\"", "\"2026-02-30\"", "\"20261101\"", "20393", "[2026,11,1]"),
            setting(
                "committed_at", "\"yesterday\"", "\"2026-11-01T24:30:00Z\"", "1793509200", "null"),
            setting("api", "\"\"", "1", "null"),
            setting("calls", "-1", "1.5", "\"1\"", "null"),
            setting(
                "complete", "null", "\"things\"", "[1]", "[null]", "[\"a\",\"a\"]", "[\"../a\"]"),
            setting("parts", "null", "{}", "[null]", "[{}]", "[[]]", "[\"part\"]", "7"),
            adding("\"orchestrator\":null", "\"orchestrator\":\"airflow\"", "\"orchestrator\":{}"),
            adding("\"orchestrator\":{\"run\":\"a\",\"attempt\":1.5}"),
            adding("\"orchestrator\":{\"run\":\"a\",\"attempt\":null}"),
            adding("\"orchestrator\":{\"run\":\"a\",\"attempt\":1,\"host\":\"b\"}"),
            adding("\"unknown\":1", "\"\":1", "\"\\n\":1", "\"number\":1", "\"parts\":[]"),
            missing("number", "source", "account", "run", "sequence", "ds", "committed_at"),
            missing("api", "calls", "complete", "parts"))
        .flatMap(each -> each);
  }

  private static Stream<CommitDamage> parts() {
    return Stream.of(
            setting("stream", "\"other\"", "\"..\"", "\"\"", "null"),
            setting("rows", "0", "-1", "10000000", LONG, "1.5", "\"1\"", "null"),
            setting("bytes", "0", "-1", "1e3", "9223372036854775808", "null"),
            setting("sha256", "\"" + "0".repeat(63) + "\"", "\"" + "A".repeat(64) + "\"", "null"),
            missing("stream", "key", "rows", "bytes", "sha256"),
            Stream.of(
                of(
                    "an unknown member of a part",
                    text -> text.replace("\"rows\"", "\"n\":1,\"rows\"")),
                of("rows twice", text -> text.replace("\"rows\"", "\"rows\":1,\"rows\"")),
                of("a part twice", text -> text.replaceFirst("\\[(\\{.*})]", "[$1,$1]")),
                of("more rows than a commit can have", CommitDamage::secondPartOfManyRows)))
        .flatMap(each -> each);
  }

  private static String secondPartOfManyRows(String text) {
    String second = set(list(text), "rows", "9999999").replace("part-00000", "part-00001");
    return text.replace(list(text), list(text) + "," + second);
  }

  /// The elements of `parts`.
  private static String list(String text) {
    return text.substring(text.indexOf("\"parts\":[") + 9, text.lastIndexOf(']'));
  }

  private static Stream<CommitDamage> keys() {
    return Stream.of(
            Stream.of(
                    "/etc/passwd",
                    "../../etc/passwd",
                    "lake.json",
                    "",
                    "\\u0000",
                    "file:///etc/passwd")
                .map(key ->
                    of("key of a part: " + key, text -> set(text, "key", "\"" + key + "\""))),
            Stream.of(
                inKey("absolute", "bronze/", "/bronze/"),
                inKey("through a parent", "bronze/", "bronze/../bronze/"),
                inKey("through itself", "bronze/", "bronze/./"),
                inKey("with an empty segment", "bronze/", "bronze//"),
                inKey("of another folder", "bronze/", "state/"),
                inKey("of another day", "/ds=2026-11-01/", "/ds=2026-11-02/"),
                inKey("of another number of digits", "part-00000", "part-000000"),
                inKey("of a negative number", "part-00000", "part--0001"),
                inKey("of too large a number", "part-00000", "part-99999999999"),
                inKey("of another type", ".jsonl.gz", ".jsonl"),
                inKey("with a NUL", ".jsonl.gz", "\\u0000.jsonl.gz"),
                inKey("with a line feed", ".jsonl.gz", ".jsonl.gz\\n")),
            Stream.of("source", "account", "stream", "run")
                .map(each -> of("a part of another " + each, text -> keyOfAnother(text, each))))
        .flatMap(each -> each);
  }

  private static String keyOfAnother(String text, String member) {
    String value = valueOf(text, member).replace("\"", "");
    String key = valueOf(text, "key");
    return set(text, "key", key.replace("/" + value + "/", "/" + value + "x/"));
  }

  private static CommitDamage inKey(String name, String part, String other) {
    return of(
        "key of a part " + name,
        text -> set(text, "key", valueOf(text, "key").replace(part, other)));
  }

  private static Stream<CommitDamage> setting(String member, String... values) {
    return Stream.of(values)
        .map(value -> of(member + " set to " + value, text -> set(text, member, value)));
  }

  private static Stream<CommitDamage> missing(String... members) {
    return Stream.of(members)
        .map(member ->
            of(
                member + " missing",
                text ->
                    text.replace("\"%s\":%s".formatted(member, valueOf(text, member)), "")
                        .replace(",,", ",")
                        .replace("{,", "{")
                        .replace(",}", "}")));
  }

  private static Stream<CommitDamage> adding(String... members) {
    return Stream.of(members)
        .map(member -> of("with " + member, text -> "{" + member + "," + text.substring(1)));
  }

  private static String set(String text, String member, String value) {
    Matcher found = member(text, member);
    return text.substring(0, found.start(1)) + value + text.substring(found.end(1));
  }

  private static String valueOf(String text, String member) {
    return member(text, member).group(1);
  }

  private static Matcher member(String text, String member) {
    Matcher found =
        Pattern.compile("\"" + member + "\":(\"[^\"]*\"|\\[[^\\[\\]]*]|[0-9]+)").matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("There is no %s in %s".formatted(member, text));
    }
    return found;
  }

  private static CommitDamage of(String name, UnaryOperator<String> damage) {
    return new CommitDamage(name, damage);
  }
}
