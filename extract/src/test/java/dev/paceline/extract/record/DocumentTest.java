package dev.paceline.extract.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.paceline.lake.log.RecordLimits;
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
  void joinsTheRecordsOfAllPages() throws IOException {
    DocumentList list = new DocumentList();
    list.add(Records.split(JsonSlice.of(bytes("[{\"a\":1}]")), List.of()));
    list.add(Records.split(JsonSlice.of(bytes("[ {\"b\": 2} ]")), List.of()));

    assertThat(text((Document) list.content())).isEqualTo("[{\"a\":1},{\"b\":2}]");
    assertThat(Document.EMPTY.hash()).isEqualTo(read("[]").hash());
    assertThat(text(Document.EMPTY)).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1e999999999]",
        "{\"a\":[{\"b\":-1e-9223372036854775809}]}",
        "{\"\\u0000\":1e1000}",
        "[1,2,1e-1001]",
        "[11e999999999999]",
        "[-1e-99999999999999999999]"
      })
  void isTooMuchIfANumberIs(String json) throws IOException {
    String large = json.replace("[1", "[" + "1,".repeat(100_000) + "1");

    for (String each : List.of(json, large)) {
      assertThat(Document.read(JsonSlice.of(bytes(each))))
          .isInstanceOfSatisfying(
              Content.TooMuch.class,
              tooMuch -> assertThat(tooMuch.reason()).endsWith("has more than 1000 digits"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n"})
  void isTooMuchFromTheFirstByteThatDoesNotFitIntoALine(String between) throws IOException {
    String longest = "[\"%s\"]".formatted("x".repeat(RecordLimits.RECORD_BYTES - 4));
    String longer = "[\"x" + between + longest.substring(2);

    assertThat(read(longest.replace("[", "[" + between)).raw()).hasSize(RecordLimits.RECORD_BYTES);
    assertThat(Document.read(JsonSlice.of(bytes(longer.replace("[", "[" + between)))))
        .isInstanceOfSatisfying(
            Content.TooMuch.class,
            tooMuch -> {
              assertThat(tooMuch.reason()).contains("bytes are more than 8387352");
              assertThat(tooMuch.beginning()).hasSize(64 << 10);
            });
  }

  @Test
  void aListIsTooMuchIfItsPagesAreTogether() throws IOException {
    String half = "[{\"a\":\"%s\"}]".formatted("x".repeat(RecordLimits.RECORD_BYTES / 2));
    DocumentList list = new DocumentList();

    list.add(Records.split(JsonSlice.of(bytes(half)), List.of()));
    assertThat(list.content()).isInstanceOf(Document.class);
    list.add(Records.split(JsonSlice.of(bytes(half)), List.of()));
    assertThat(list.content()).isInstanceOf(Content.TooMuch.class);
  }

  @Test
  void aListIsTooMuchIfOneOfItsRecordsIs() throws IOException {
    DocumentList list = new DocumentList();

    list.add(Records.split(JsonSlice.of(bytes("[{\"a\":1e1000},{\"a\":1}]")), List.of()));

    assertThat(list.content()).isInstanceOf(Content.TooMuch.class);
  }

  private static String points(int count, int last) {
    return IntStream.range(0, 2 * count)
        .mapToObj(i -> String.valueOf(i == 2 * count - 1 ? last : i % 10))
        .collect(Collectors.joining(",", "{\"time\":{\"data\":[", "]}}"));
  }

  private static Document read(String json) throws IOException {
    return (Document) Document.read(JsonSlice.of(bytes(json)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Document document) {
    return new String(document.raw(), StandardCharsets.UTF_8);
  }
}
