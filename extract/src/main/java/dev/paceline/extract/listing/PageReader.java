package dev.paceline.extract.listing;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.http.Call;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes the calls of a stream one after the other, until a response is the last, or an error.
final class PageReader {

  private final StreamDescription stream;
  private final ApiClient client;
  private final Paging paging;
  private final Set<Call> made = new HashSet<>();
  private Call call;
  private List<String> before = List.of();
  private boolean ended;

  PageReader(StreamDescription stream, String path, ApiClient client) {
    this.stream = stream;
    this.client = client;
    this.paging = Paging.of(stream.pagination(), client);
    this.call = paging.first(Call.of(stream.path(), path, stream.query()));
  }

  /// The next response; empty after the last.
  ///
  /// @throws Failure if the source leads in a circle (exit 65), or to another host (exit 78)
  Optional<ApiResponse<ResponsePage>> next() {
    if (ended) {
      return Optional.empty();
    }
    if (made.contains(call)) {
      throw circular("the source leads back to an earlier page");
    }
    ApiResponse<ResponsePage> response =
        client.get(call, body -> ResponsePage.read(stream, body.readAllBytes()));
    made.add(call); // not if the call could not be made: it is made again after a wait
    if (response instanceof ApiResponse.Found<ResponsePage> found) {
      ensureAnotherPage(found.value());
      Optional<Call> following = paging.after(call, found);
      ended = following.isEmpty();
      call = following.orElse(call);
    } else {
      ended = true;
    }
    return Optional.of(response);
  }

  /// What this reader does, for messages.
  String doing() {
    return "Reading the stream %s from %s".formatted(stream.name(), call.where());
  }

  private void ensureAnotherPage(ResponsePage page) {
    List<String> identity = page.identity();
    if (!identity.isEmpty() && identity.equals(before)) {
      throw circular("the source returns the same page again");
    }
    before = identity;
  }

  private Failure circular(String what) {
    return new Failure(Exit.UNUSABLE, doing(), what, "correct the stream's pagination in api.yaml");
  }
}
