package dev.paceline.extract.listing;

import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.extract.http.ApiResponse;
import dev.paceline.extract.http.Call;
import dev.paceline.extract.record.Content;
import dev.paceline.extract.record.Document;
import dev.paceline.extract.record.DocumentList;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// Reads the child records of one record of another stream.
public final class ChildReader {

  private static final int NOT_FOUND = 404;

  private ChildReader() {}

  /// Returns a single response as it is, or the records of all pages as one list. If a page cannot
  /// be read, its response is returned. What exceeds a limit is [Content.TooMuch].
  ///
  /// @param stream a stream that is read for each record of another
  /// @param path the stream's path with the record's key filled in
  public static ApiResponse<Content> read(StreamDescription stream, String path, ApiClient client) {
    return stream.pagination() instanceof Pagination.None
        ? client.get(
            Call.of(stream.path(), path, stream.query()),
            body -> document(stream, body.readAllBytes()))
        : joined(new PageReader(stream, path, client));
  }

  private static Content document(StreamDescription stream, byte[] body) throws IOException {
    return Document.read(ResponsePage.records(stream, body));
  }

  private static ApiResponse<Content> joined(PageReader pages) {
    DocumentList records = new DocumentList();
    Optional<ApiResponse<ResponsePage>> page = pages.next();
    ApiResponse<ResponsePage> last = page.orElseThrow();
    int pagesRead = 0;
    while (page.isPresent()) {
      last = page.get();
      if (last instanceof ApiResponse.Found<ResponsePage> found) {
        records.add(found.value().records());
        pagesRead++;
      }
      page = pages.next();
    }
    boolean lacksPages = last instanceof ApiResponse.NotFound && pagesRead > 0;
    return lacksPages ? brokenOff(last) : last.map(_ -> records.content());
  }

  /// A list whose later page does not exist has not been deleted: it cannot be read.
  private static ApiResponse<Content> brokenOff(ApiResponse<ResponsePage> last) {
    return last instanceof ApiResponse.NotFound<ResponsePage>(Instant at)
        ? new ApiResponse.Refused<>(NOT_FOUND, "a later page does not exist", new byte[0], at)
        : last.map(_ -> Document.EMPTY);
  }
}
