package dev.paceline.extract.http;

import com.fasterxml.jackson.core.JacksonException;
import dev.paceline.extract.http.Received.Read;
import dev.paceline.extract.http.Received.TooLarge;
import dev.paceline.extract.http.Received.Unread;
import dev.paceline.extract.http.Received.Unreadable;
import dev.paceline.lake.JsonFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;

/// One response while it arrives: its status and headers are there, its body is still to be read.
final class Exchange {

  private static final int OK = 200;

  private final int status;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Instant date;
  private final ResponseBody body;
  private final List<String> secrets;

  /// @param limit the largest body, in bytes
  /// @param now the source's time if the response has no `Date` that can be parsed
  /// @param secrets what the request contained and no message may repeat
  Exchange(ClassicHttpResponse received, long limit, Instant now, List<String> secrets)
      throws IOException {
    this.status = received.getCode();
    for (Header header : received.getHeaders()) {
      headers.merge(header.getName(), header.getValue(), (one, other) -> one + ", " + other);
    }
    Instant parsed = DateUtils.parseStandardDate(headers.getOrDefault(HttpHeaders.DATE, ""));
    this.date = parsed == null ? now : parsed;
    HttpEntity entity = received.getEntity();
    InputStream in = entity == null ? InputStream.nullInputStream() : entity.getContent();
    this.body = new ResponseBody(in, limit);
    this.secrets = secrets;
  }

  /// The source's time.
  Instant date() {
    return date;
  }

  /// The response with the beginning of its body.
  ///
  /// @throws IOException if it breaks before
  Response response() throws IOException {
    byte[] beginning = body.beginning();
    return response(beginning, status < 400 ? "" : ErrorText.of(beginning, secrets));
  }

  private Response response(byte[] beginning, String message) {
    return new Response(status, headers, beginning, body.size(), date, message);
  }

  /// Reads the body of a 200.
  ///
  /// @throws IOException if the connection breaks before the response is complete
  <T> Received<T> receive(BodyReader<T> reader) throws IOException {
    if (status != OK) {
      return new Unread<>(response());
    }
    try {
      T value = reader.read(body);
      body.skipRest();
      return new Read<>(response(new byte[0], ""), value);
    } catch (IOException | UncheckedIOException malformed) {
      return unusable(malformed);
    }
  }

  /// A reader that fails because the connection broke, or the body is too large, is right to.
  private <T> Received<T> unusable(Exception malformed) throws IOException {
    Optional<IOException> failure = body.failure();
    if (failure.isEmpty()) {
      Response response = response();
      String reason =
          ErrorText.isHtml(response.body()) ? "it is an HTML page, not JSON" : reason(malformed);
      return new Unreadable<>(response, "its body cannot be read: " + reason);
    }
    if (failure.get() instanceof ResponseBody.TooLarge tooLarge) {
      return new TooLarge<>(response(), reason(tooLarge));
    }
    throw failure.get();
  }

  private static String reason(Exception malformed) {
    return ErrorText.line(
        malformed instanceof JacksonException json
            ? "it is not valid JSON (%s)".formatted(JsonFault.of(json))
            : String.valueOf(malformed.getMessage()));
  }
}
