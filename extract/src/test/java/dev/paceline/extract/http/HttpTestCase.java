package dev.paceline.extract.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.Json;
import java.util.Map;
import org.assertj.core.api.Assertions;

/// Calls `/things` of a stubbed API, as a stream does.
abstract class HttpTestCase {

  static final Call THINGS = Call.of("/things", "/things", Map.of());

  final StubbedApi api = StubbedApi.begin();

  ApiResponse<JsonNode> get() {
    return get(api.client());
  }

  static ApiResponse<JsonNode> get(ApiClient client) {
    return client.get(THINGS, Json.MAPPER::readTree);
  }

  Failure failure() {
    return failure(api.client());
  }

  static Failure failure(ApiClient client) {
    return Assertions.catchThrowableOfType(Failure.class, () -> get(client));
  }

  @SuppressWarnings("unchecked")
  static ApiResponse.Refused<JsonNode> refused(ApiResponse<JsonNode> response) {
    Assertions.assertThat(response).isInstanceOf(ApiResponse.Refused.class);
    return (ApiResponse.Refused<JsonNode>) response;
  }

  @SuppressWarnings("unchecked")
  static String found(ApiResponse<JsonNode> response) {
    Assertions.assertThat(response).isInstanceOf(ApiResponse.Found.class);
    return ((ApiResponse.Found<JsonNode>) response).value().toString();
  }
}
