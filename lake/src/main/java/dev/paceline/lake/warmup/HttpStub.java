package dev.paceline.lake.warmup;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// An HTTP server on a free port of loopback. It knows what our clients send: requests one after
/// the other on a connection, bodies with a `Content-Length`.
public final class HttpStub implements AutoCloseable {

  /// What a client sent.
  ///
  /// @param headers by their names in lower case
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Request(String method, URI target, Map<String, String> headers, byte[] body) {}

  /// What it gets.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Response(int status, Map<String, String> headers, byte[] body) {

    public static Response of(int status, String body) {
      return new Response(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }
  }

  /// Called by one thread per connection.
  @FunctionalInterface
  public interface Handler {
    Response handle(Request request);
  }

  private final ServerSocket server;
  private final Handler handler;

  private HttpStub(ServerSocket server, Handler handler) {
    this.server = server;
    this.handler = handler;
  }

  public static HttpStub start(Handler handler) throws IOException {
    HttpStub stub =
        new HttpStub(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), handler);
    Thread.ofPlatform().daemon().name("http-stub").start(stub::accept);
    return stub;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofPlatform().daemon().name("http-stub-connection").start(() -> serve(socket));
      } catch (IOException closed) {
        if (!server.isClosed()) {
          throw new IllegalStateException("The stub cannot accept a connection.", closed);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream()) {
      for (String start = line(in); !start.isEmpty(); start = line(in)) {
        String[] words = start.split(" ", 3);
        Map<String, String> headers = headers(in);
        if (headers.containsKey("expect")) {
          out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        write(out, handler.handle(new Request(words[0], URI.create(words[1]), headers, body)));
      }
    } catch (SocketException | EOFException gone) {
      // The client closes its connections when it likes.
    } catch (IOException broken) {
      throw new IllegalStateException("The stub cannot serve a request.", broken);
    }
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] parts = line.split(":", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
    }
    return headers;
  }

  private static void write(OutputStream out, Response response) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 %d Stub\r\n".formatted(response.status()));
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    head.append("Date: ").append(date).append("\r\n");
    head.append("Content-Length: ").append(response.body().length).append("\r\n");
    response.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    out.write(response.body());
    out.flush();
  }

  /// A line without its end; empty at the end of the connection.
  static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
