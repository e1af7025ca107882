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
    return client.get(THINGS, body -> Json.MAPPER.readTree(body));
  }

  Failure failure() {
    return failure(api.client());
  }

  static Failure failure(ApiClient client) {
    return Assertions.catchThrowableOfType(Failure.class, () -> get(client));
  }

  static <T> Failure failure(ApiClient client, BodyReader<T> reader) {
    return Assertions.catchThrowableOfType(Failure.class, () -> client.get(THINGS, reader));
  }

  static <T> ApiResponse.Refused<T> refused(ApiResponse<T> response) {
    Assertions.assertThat(response).isInstanceOf(ApiResponse.Refused.class);
    return (ApiResponse.Refused<T>) response;
  }

  ApiResponse.Denied<JsonNode> denied() {
    ApiResponse<JsonNode> response = get();
    Assertions.assertThat(response).isInstanceOf(ApiResponse.Denied.class);
    return (ApiResponse.Denied<JsonNode>) response;
  }

  static String found(ApiResponse<JsonNode> response) {
    return value(response).toString();
  }

  static <T> T value(ApiResponse<T> response) {
    Assertions.assertThat(response).isInstanceOf(ApiResponse.Found.class);
    return ((ApiResponse.Found<T>) response).value();
  }
}
