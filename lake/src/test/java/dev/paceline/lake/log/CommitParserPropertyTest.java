package dev.paceline.lake.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paceline.lake.Json;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.StrictJson.Unfit;
import dev.paceline.testing.FuzzFor;
import dev.paceline.testing.JsonSpeller;
import dev.paceline.testing.RandomJson;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/// Whatever is read as a commit is one that we could have written for this number, source and
/// account, or it is [Unfit]; nothing else is ever thrown.
@AddLifecycleHook(FuzzFor.class)
class CommitParserPropertyTest {

  /// As a double, a large number would be infinite, which is written as a text.
  private static final ObjectMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final long NUMBER = 42;
  private static final LocalDate DS = LocalDate.of(2026, 11, 1);
  private static final String RUN = "20261101T163400Z-9f3c21ab";

  /// The members that a commit may lack.
  private static final Set<String> OPTIONAL = Set.of("orchestrator", "attempt");

  private static final Commit COMMIT =
      new Commit(
          NUMBER,
          "strava",
          "anna",
          RUN,
          3,
          new Orchestrator("scheduled__2026-11-01", 1),
          DS,
          Instant.parse("2026-11-01T16:40:12Z"),
          "2",
          100,
          List.of("activities", "gear"),
          List.of(part("activities"), part("_rejected")));

  private static Part part(String stream) {
    String key = LakeLayout.part("strava", "anna", stream, DS, RUN, 0);
    return new Part(stream, key, 200, 31_415, "0f".repeat(32));
  }

  private static Commit parse(byte[] body) throws Unfit {
    return new CommitParser("strava", "anna", NUMBER).parse(body);
  }

  @Provide
  Arbitrary<byte[]> damaged() {
    return RandomJson.damaged(Arbitraries.just(Json.bytes(COMMIT)));
  }

  @Provide
  Arbitrary<JsonNode> values() {
    return Combinators.combine(RandomJson.values(), Arbitraries.longs())
        .as(CommitParserPropertyTest::spelled);
  }

  private static JsonNode spelled(Object value, long seed) {
    try {
      return EXACT.readTree(JsonSpeller.spell(value, seed));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Property
  void damagedBytesAreACommitOrUnfit(@ForAll("damaged") byte[] body) {
    assertIsCommitOrUnfit(body);
  }

  @Property
  void anotherValueAnywhereIsACommitOrUnfit(
      @ForAll @IntRange(max = 1000) int where, @ForAll("values") JsonNode value) {
    ObjectNode tree = Json.MAPPER.valueToTree(COMMIT);
    List<Place> places = places(tree);
    places.get(where % places.size()).set(value);

    assertIsCommitOrUnfit(Json.bytes(tree));
  }

  @Property
  void aValueOfAnotherTypeIsUnfit(
      @ForAll @IntRange(max = 1000) int where, @ForAll("values") JsonNode value) {
    ObjectNode tree = Json.MAPPER.valueToTree(COMMIT);
    List<Place> places = places(tree);
    Place place = places.get(where % places.size());
    if (place.get().getNodeType() != value.getNodeType()) {
      place.set(value);

      assertThatExceptionOfType(Unfit.class).isThrownBy(() -> parse(Json.bytes(tree)));
    }
  }

  @Property
  void aMissingMemberIsUnfit(@ForAll @IntRange(max = 1000) int where) {
    ObjectNode tree = Json.MAPPER.valueToTree(COMMIT);
    List<Place> places =
        places(tree).stream()
            .filter(each -> each.in() instanceof ObjectNode && !OPTIONAL.contains(each.name()))
            .toList();
    Place place = places.get(where % places.size());
    ((ObjectNode) place.in()).remove(place.name());

    assertThatExceptionOfType(Unfit.class).isThrownBy(() -> parse(Json.bytes(tree)));
  }

  @Property
  void aMemberThatWeDoNotKnowIsUnfit(
      @ForAll @IntRange(max = 1000) int where,
      @ForAll String name,
      @ForAll("values") JsonNode value) {
    ObjectNode tree = Json.MAPPER.valueToTree(COMMIT);
    List<ObjectNode> objects = new ArrayList<>(List.of(tree));
    places(tree)
        .forEach(place -> {
          if (place.get() instanceof ObjectNode object) {
            objects.add(object);
          }
        });
    ObjectNode object = objects.get(where % objects.size());
    if (!object.has(name)) {
      object.set(name, value);

      assertThatExceptionOfType(Unfit.class).isThrownBy(() -> parse(Json.bytes(tree)));
    }
  }

  private static void assertIsCommitOrUnfit(byte[] body) {
    try {
      Commit commit = parse(body);
      assertThat(commit.number()).isEqualTo(NUMBER);
      assertThat(commit.source()).isEqualTo("strava");
      assertThat(commit.account()).isEqualTo("anna");
      assertThat(parse(Json.bytes(commit))).as("written again").isEqualTo(commit);
    } catch (Unfit unfit) {
      assertThat(unfit.getMessage()).hasSizeBetween(5, 500).doesNotContain("\n");
    }
  }

  /// A member of an object or an element of a list.
  private record Place(JsonNode in, String name, int index) {

    JsonNode get() {
      return in.isObject() ? in.path(name) : in.path(index);
    }

    void set(JsonNode value) {
      if (in instanceof ObjectNode object) {
        object.set(name, value);
      } else {
        ((ArrayNode) in).set(index, value);
      }
    }
  }

  /// All places in a tree but its root.
  private static List<Place> places(JsonNode tree) {
    List<Place> places = new ArrayList<>();
    if (tree.isObject()) {
      tree.fieldNames().forEachRemaining(name -> places.add(new Place(tree, name, 0)));
    } else {
      for (int i = 0; i < tree.size(); i++) {
        places.add(new Place(tree, "", i));
      }
    }
    for (Place place : List.copyOf(places)) {
      places.addAll(places(place.get()));
    }
    return places;
  }
}
