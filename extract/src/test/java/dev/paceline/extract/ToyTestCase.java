package dev.paceline.extract;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.extract.http.StubbedApi;
import dev.paceline.lake.log.Commit;
import dev.paceline.lake.log.Part;
import dev.paceline.lake.store.ObjectStore;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// `extract sync` of a source that is a folder of `toys`, against a stubbed API.
abstract class ToyTestCase extends SyncTestCase {

  final StubbedApi toy = StubbedApi.begin();

  int syncToy(String source, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--sources", toys().toString()));
    arguments.addAll(List.of(more));
    return syncSource(source, arguments.toArray(String[]::new));
  }

  static Path toys() {
    try {
      return Path.of(Objects.requireNonNull(ToyTestCase.class.getResource("/toys")).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// What an address answers, whole with its query.
  void answers(String address, ResponseDefinitionBuilder answer) {
    toy.server().stubFor(WireMock.get(WireMock.urlEqualTo(address)).willReturn(answer));
  }

  /// What it answers to the next call alone, before what it was told before.
  void answersOnce(String address, ResponseDefinitionBuilder answer) {
    MappingBuilder call = WireMock.get(WireMock.urlEqualTo(address));
    toy.server()
        .stubFor(
            call.inScenario("once " + address)
                .whenScenarioStateIs("Started")
                .willSetStateTo("over")
                .willReturn(answer));
  }

  /// The records of a source's stream as the lake has them.
  List<String> committed(String source, String stream) {
    List<String> records = new ArrayList<>();
    try (ObjectStore store = lake()) {
      for (Commit commit : log(source, "default")) {
        for (Part part : commit.parts()) {
          if (part.stream().equals(stream)) {
            lines(store, part).stream()
                .map(line -> line.path("data"))
                .map(JsonNode::toString)
                .forEach(records::add);
          }
        }
      }
    }
    return records;
  }
}
