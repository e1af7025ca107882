package dev.paceline.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Values of JSON for property tests: a value is a `Map`, a `List`, a `String`, a `BigDecimal`, a
/// `Boolean` or [#NULL]. [JsonSpeller] writes them.
public final class RandomJson {

  /// JSON's null.
  public static final Object NULL = Void.class;

  private static final int MAX_SIZE = 4;

  private static final int MAX_DEPTH = 3;

  private RandomJson() {}

  public static Arbitrary<Object> values() {
    return values(MAX_DEPTH);
  }

  public static Arbitrary<Map<String, Object>> objects() {
    return objects(MAX_DEPTH);
  }

  private static Arbitrary<Object> values(int depth) {
    return depth == 0
        ? leaves()
        : Arbitraries.frequencyOf(
                Tuple.of(2, leaves()),
                Tuple.of(1, values(depth - 1).list().ofMaxSize(MAX_SIZE).map(list -> list)),
                Tuple.of(1, objects(depth).map(object -> object)))
            .withoutEdgeCases();
  }

  private static Arbitrary<Map<String, Object>> objects(int depth) {
    return Arbitraries.maps(texts(), values(depth - 1)).ofMaxSize(MAX_SIZE).withoutEdgeCases();
  }

  private static Arbitrary<Object> leaves() {
    return Arbitraries.oneOf(
        List.of(
            Arbitraries.just(NULL),
            Arbitraries.of(true, false),
            numbers().map(number -> number),
            texts().map(text -> text)));
  }

  /// Any text that UTF-8 can encode.
  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of("", "a", "id", "\"", "\\", "\n", "{", "}]", "é", "🏃"),
        Arbitraries.strings().ofMaxLength(MAX_SIZE).filter(RandomJson::isEncodable));
  }

  private static boolean isEncodable(String text) {
    return text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
  }

  /// Numbers that a record may have.
  public static Arbitrary<BigDecimal> numbers() {
    Arbitrary<BigInteger> digits =
        Arbitraries.bigIntegers().between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40));
    return Combinators.combine(digits, Arbitraries.integers().between(-900, 900))
        .as((unscaled, scale) -> new BigDecimal(unscaled, scale));
  }

  /// What is not JSON, or hardly so: bytes after a few edits, each of which replaces a byte or two,
  /// removes or repeats some, or cuts the rest.
  public static Arbitrary<byte[]> damaged(Arbitrary<byte[]> valid) {
    return Combinators.combine(valid, edits().list().ofMinSize(1).ofMaxSize(MAX_SIZE))
        .as(RandomJson::edited)
        .withoutEdgeCases();
  }

  /// An edit: where, of how many bytes, and what replaces them.
  private record Edit(double at, int length, String replacement) {}

  private static Arbitrary<Edit> edits() {
    Arbitrary<String> replacement =
        Arbitraries.oneOf(
            Arbitraries.of(
                "", "{", "}", "[", "]", ",", ":", "\"", "\\", "-", ".", "e", "E+", "0", "9",
                "1e999"),
            Arbitraries.of(
                "1e999999999",
                "-1e-99999999999999999999",
                "null",
                "true",
                " ",
                "\u00ff",
                "\0",
                "\n"),
            Arbitraries.of(
                "[".repeat(2000), "7".repeat(2000), "\"%s\":1".formatted("n".repeat(60_000))));
    return Combinators.combine(
            Arbitraries.doubles().between(0, 1),
            Arbitraries.of(0, 0, 1, 1, 2, 5, Integer.MAX_VALUE),
            replacement)
        .as(Edit::new);
  }

  private static byte[] edited(byte[] valid, List<Edit> edits) {
    StringBuilder bytes = new StringBuilder(new String(valid, StandardCharsets.ISO_8859_1));
    for (Edit edit : edits) {
      int at = (int) (edit.at() * bytes.length());
      int end = (int) Math.min(bytes.length(), at + (long) edit.length());
      bytes.replace(at, end, edit.replacement());
    }
    return bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
