package dev.paceline.extract.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"b\":2}           | {\"b\":2.0, \"a\":1}",
        "{\"a\":100}                 | {\"a\":1e2}",
        "{\"a\":0.001}               | {\"a\":1E-3}",
        "{\"a\":-0.0}                | {\"a\":0}",
        "{\"a\":[],\"b\":null}       | {}",
        "{\"a\":{\"b\":[1,null,2]}}  | {\"a\":{\"c\":null,\"b\":[1.00,null,2]}}",
        "{\"a\":9223372036854775808} | {\"a\":9223372036854775808.0}"
      })
  void hasTheSameHashForTheSameMeaning(String one, String other) throws IOException {
    assertThat(read(one).hash()).isEqualTo(read(other).hash());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1}            | {\"a\":10}",
        "{\"a\":1}            | {\"a\":-1}",
        "{\"a\":1}            | {\"a\":\"1\"}",
        "{\"a\":0}            | {}",
        "{\"a\":1,\"b\":2}    | {\"a\":2,\"b\":1}",
        "[1,2]                | [2,1]",
        "[[1],2]              | [1,[2]]",
        "{\"a\":true}         | {\"a\":false}",
        "{\"a\":\"\"}         | {\"a\":false}",
        "[null]               | [null,null]"
      })
  void hasDifferentHashesForDifferentMeanings(String one, String other) throws IOException {
    assertThat(read(one).hash()).isNotEqualTo(read(other).hash());
  }

  @Test
  void keepsEveryToken() throws IOException {
    assertThat(text(read("{ \"a b\" : 1.50, \"c\" : \"\\u00e9 \\\" \" }\n")))
        .isEqualTo("{\"a b\":1.50,\"c\":\"\\u00e9 \\\" \"}");
  }

  @Test
  void detectsASinglePointInALargeDocument() throws IOException {
    String ride = points(20_000, 7);

    assertThat(read(ride).hash()).isEqualTo(read(ride.replace(",", " , ")).hash());
    assertThat(read(ride).hash()).isNotEqualTo(read(points(20_000, 8)).hash());
    assertThat(text(read(ride))).isEqualTo(ride);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 20_000})
  void refusesATruncatedBody(int size) {
    String whole = points(size, 7);
    String cut = whole.substring(0, whole.length() - 2);

    assertThatIOException().isThrownBy(() -> read(cut));
    assertThatIOException().isThrownBy(() -> read(whole + "}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "\"text\"", "null", "<html>"})
  void refusesAnythingButAnObjectOrAList(String body) {
    assertThatIOException().isThrownBy(() -> read(body));
  }

  @Test
  void joinsTheRecordsOfAllPages() {
    Document list = Document.listOf(List.of(bytes("{\"a\":1}"), bytes("{\"b\":2}")));

    assertThat(text(list)).isEqualTo("[{\"a\":1},{\"b\":2}]");
    assertThat(text(Document.EMPTY)).isEqualTo("[]");
  }

  private static String points(int count, int last) {
    return IntStream.range(0, 2 * count)
        .mapToObj(i -> String.valueOf(i == 2 * count - 1 ? last : i % 10))
        .collect(Collectors.joining(",", "{\"time\":{\"data\":[", "]}}"));
  }

  private static Document read(String json) throws IOException {
    return Document.read(bytes(json));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Document document) {
    return new String(document.raw(), StandardCharsets.UTF_8);
  }
}
