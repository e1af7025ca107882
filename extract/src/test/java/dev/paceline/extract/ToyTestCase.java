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

/// `extract sync` of a source in `toys`, against a stubbed API.
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

  /// Sets the response of an address, including its query.
  void respondsWith(String address, ResponseDefinitionBuilder response) {
    toy.server().stubFor(WireMock.get(WireMock.urlEqualTo(address)).willReturn(response));
  }

  /// Sets the response to the next call only; later calls get the one set before.
  void respondsOnceWith(String address, ResponseDefinitionBuilder response) {
    MappingBuilder call = WireMock.get(WireMock.urlEqualTo(address));
    toy.server()
        .stubFor(
            call.inScenario("once " + address)
                .whenScenarioStateIs("Started")
                .willSetStateTo("over")
                .willReturn(response));
  }

  /// The records of a stream in the lake.
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
