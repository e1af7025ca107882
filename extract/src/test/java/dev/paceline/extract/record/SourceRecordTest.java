package dev.paceline.extract.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What api.yaml reads of a record, without a tree of it.
class SourceRecordTest {

  private static SourceRecord record(String json) throws IOException {
    return Records.split(JsonSlice.of(json.getBytes(StandardCharsets.UTF_8)), List.of()).getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a":"x"}             | x
          {"a":1.50}            | 1.50
          {"a":-1e2}            | -1e2
          {"a":"\\u0078\\n"}    | 'x
          '
          {"b":{"a":1},"a":2}   | 2
          {"a":1,"a":2}         | 2
          {"\\u0061":3}         | 3
          {"a":null}            |
          {"a":true}            |
          {"a":[1]}             |
          {"b":1}               |
          {}                    |
          {"a":1e9999}          |
          """)
  void hasTheTextOfAMember(String json, String text) throws IOException {
    assertThat(record(json).text("a").orElse(null)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"b":[{"id":1},{"id":"x"},{"id":null},{},{"id":[9]}]} | 1,"x"
          {"b":{"id":2.5}}                                      | 2.5
          {"b":[[{"id":3}],[[{"id":4}]]]}                       | 3,4
          {"id":1}                                              |
          {"b":1}                                               |
          """)
  void hasTheValuesAtAPath(String json, String values) throws IOException {
    assertThat(record(json).values("b.id"))
        .extracting(JsonNode::toString)
        .containsExactly(values == null ? new String[0] : values.split(",", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"n":1,"b":[{"d":1,"e":2}]} | {"n":2,"b":[{"d":9,"e":2}]}
          {"b":{"e":2}}               | {"b":{"d":[1],"e":2}}
          """)
  void hasTheSameHashWithoutMembersThatDoNotCount(String one, String other) throws IOException {
    MemberFilter filter = MemberFilter.without(List.of("n", "b.d"));

    assertThat(record(one).hashWith("/x", filter)).isEqualTo(record(other).hashWith("/x", filter));
    assertThat(record(one).hashWith("/x", filter))
        .isNotEqualTo(record(one).hashWith("/y", filter))
        .isNotEqualTo(record(one.replace("\"e\":2", "\"e\":3")).hashWith("/x", filter));
  }

  @Test
  void hasTheHashOfSomeMembersOnly() throws IOException {
    MemberFilter filter = MemberFilter.only(List.of("a", "b"));
    String hash = record("{\"a\":1,\"c\":2}").hashWith("/x", filter);

    assertThat(record("{\"c\":{\"a\":7},\"b\":null,\"a\":1.0}").hashWith("/x", filter))
        .isEqualTo(hash);
    assertThat(record("{\"a\":1,\"b\":2}").hashWith("/x", filter)).isNotEqualTo(hash);
  }

  @Test
  void isWrittenTokenForTokenWithoutItsNeighbours() throws IOException {
    List<SourceRecord> records =
        Records.split(
            JsonSlice.of("[ {\"a\": 1.0} ,{\"b\":2}]".getBytes(StandardCharsets.UTF_8)), List.of());

    assertThat(records)
        .extracting(each -> new String(each.raw(), StandardCharsets.UTF_8))
        .containsExactly("{\"a\":1.0}", "{\"b\":2}");
  }
}
