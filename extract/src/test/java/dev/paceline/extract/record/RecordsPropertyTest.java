package dev.paceline.extract.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.paceline.testing.FuzzFor;
import dev.paceline.testing.JsonSpeller;
import dev.paceline.testing.RandomJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/// Whatever a source sends is a record, a misfit or malformed; nothing else is ever thrown.
@AddLifecycleHook(FuzzFor.class)
class RecordsPropertyTest {

  /// What is JSON. It computes no exact numbers: for 1e99999999999 that ends in a
  /// NumberFormatException.
  private static final ObjectMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final ObjectMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final List<String> KEY = List.of("id");

  @Provide
  Arbitrary<Object> values() {
    return RandomJson.values();
  }

  /// A page of records with keys.
  @Provide
  Arbitrary<byte[]> pages() {
    Arbitrary<Map<String, Object>> records =
        Combinators.combine(RandomJson.objects(), RandomJson.numbers())
            .as((members, id) -> {
              Map<String, Object> record = new TreeMap<>(members);
              record.put("id", id);
              return record;
            });
    return Combinators.combine(records.list().ofMaxSize(3), Arbitraries.longs())
        .as(JsonSpeller::spell);
  }

  @Provide
  Arbitrary<byte[]> damagedPages() {
    return RandomJson.damaged(pages());
  }

  @Property
  void splitsAPageTokenForToken(@ForAll("pages") byte[] page) throws IOException {
    List<SourceRecord> records = Records.split(JsonSlice.of(page), KEY);

    List<JsonNode> expected = new ArrayList<>();
    EXACT.readTree(page).forEach(expected::add);
    assertThat(records).hasSameSizeAs(expected);
    for (int i = 0; i < records.size(); i++) {
      SourceRecord record = records.get(i);
      assertThat(record.misfit()).isNull();
      assertThat(EXACT.readTree(record.raw())).isEqualTo(expected.get(i));
      assertThat(JsonSlice.of(Minified.of(JsonSlice.of(record.raw()))).length())
          .as("no white space is left")
          .isEqualTo(record.raw().length);
      readEverything(record);
    }
  }

  @Property
  void takesAPageApartOrCallsItMalformed(@ForAll("damagedPages") byte[] page) {
    Optional<List<SourceRecord>> records = split(page);

    if (records.isEmpty()) {
      assertThat(isPage(page)).as("what is a page is accepted").isFalse();
      return;
    }
    boolean fits = records.get().stream().allMatch(record -> record.misfit() == null);
    if (fits && text(page).isPresent()) {
      assertThat(isPage(page)).as("what is accepted is a page").isTrue();
    }
    for (SourceRecord record : records.get()) {
      record.text("id");
      if (record.misfit() == null) {
        readEverything(record);
      }
    }
  }

  @Property
  void takesADocumentOrCallsItMalformed(@ForAll("damagedPages") byte[] page) {
    boolean read;
    try {
      Content content = Document.read(JsonSlice.of(page));
      read = content instanceof Document;
    } catch (IOException malformed) {
      read = false;
    }

    boolean isStructure = parsed(page).map(JsonNode::isContainerNode).orElse(false);
    assertThat(read || !isStructure || hasTooLargeNumber(page)).isTrue();
  }

  @Property
  void extractsOrCallsMalformed(@ForAll("damagedPages") byte[] page) {
    for (String pointer : List.of("", "/0", "/0/id", "/a", "/1/a/id")) {
      try {
        JsonSlice found = JsonMembers.extract(JsonSlice.of(page), pointer);
        assertThat(found.length()).isPositive();
        JsonMembers.scalar(JsonSlice.of(page), pointer);
      } catch (IOException malformed) {
        assertThat(malformed).hasMessageNotContaining("Exception");
      }
    }
  }

  @Property
  void hashesEqualMeaningsEqually(
      @ForAll("values") Object value, @ForAll long one, @ForAll long other) throws Exception {
    JsonSlice spelled = JsonSlice.of(JsonSpeller.spell(value, one));
    JsonSlice again = JsonSlice.of(JsonSpeller.spell(value, other));

    assertThat(hash(spelled)).isEqualTo(hash(again));
    assertThat(hash(JsonSlice.of(Minified.of(trimmed(spelled))))).isEqualTo(hash(spelled));
  }

  @Property
  void hashesDifferentMeaningsDifferently(
      @ForAll("values") Object one, @ForAll("values") Object other, @ForAll long seed)
      throws Exception {
    boolean equal = meaning(one).equals(meaning(other));

    assertThat(
            hash(JsonSlice.of(JsonSpeller.spell(one, seed)))
                .equals(hash(JsonSlice.of(JsonSpeller.spell(other, seed)))))
        .isEqualTo(equal);
  }

  /// The value without what means nothing: members that are null or `[]`, and zeros of numbers.
  private static Object meaning(Object value) {
    return switch (value) {
      case Map<?, ?> object -> {
        Map<Object, Object> members = new TreeMap<>();
        object.forEach((name, member) -> {
          if (!meaning(member).equals(RandomJson.NULL)) {
            members.put(name, meaning(member));
          }
        });
        yield members;
      }
      case List<?> list when list.isEmpty() -> RandomJson.NULL;
      case List<?> list -> list.stream().map(RecordsPropertyTest::meaning).toList();
      case BigDecimal number -> number.stripTrailingZeros();
      default -> value;
    };
  }

  private static String hash(JsonSlice json) throws IOException, LimitExceeded {
    return CanonicalHash.of(trimmed(json));
  }

  private static JsonSlice trimmed(JsonSlice json) throws MalformedJson {
    return new JsonScanner(json).value();
  }

  private static void readEverything(SourceRecord record) {
    record.text("a");
    record.values("id");
    record.values("a.id");
    record.hashOf("a");
    record.hashWith("/x", MemberFilter.without(List.of("a.id", "id")));
    record.hashWith("/x", MemberFilter.only(List.of("a")));
    assertThat(parsed(record.raw())).isPresent();
  }

  private static Optional<List<SourceRecord>> split(byte[] page) {
    try {
      return Optional.of(Records.split(JsonSlice.of(page), KEY));
    } catch (IOException malformed) {
      return Optional.empty();
    }
  }

  /// What Jackson says: an object or a list of objects that have keys.
  private static boolean isPage(byte[] page) {
    Optional<JsonNode> json = parsed(page);
    if (json.isEmpty() || !json.get().isContainerNode()) {
      return false;
    }
    List<JsonNode> records = new ArrayList<>();
    (json.get().isObject() ? List.of(json.get()) : json.get()).forEach(records::add);
    return records.stream()
        .allMatch(record ->
            record.isObject() && record.path("id").isValueNode() && !record.path("id").isNull());
  }

  private static boolean hasTooLargeNumber(byte[] page) {
    String text = text(page).orElse("");
    return text.matches("(?s).*[eE][+-]?[0-9]{3,}.*") || text.matches("(?s).*[0-9]{900,}.*");
  }

  private static Optional<JsonNode> parsed(byte[] page) {
    try {
      String text = text(page).orElse("");
      return text.isBlank() ? Optional.empty() : Optional.of(STRICT.readTree(text));
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  /// Empty if it is not UTF-8.
  private static Optional<String> text(byte[] page) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(page)).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }
}
