package dev.paceline.extract.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Sends raw bytes that a proper HTTP server would refuse to send. Each connection gets the next
/// response, or the same one, and is then closed, without an announcement (`Connection: close`).
final class RawServer implements AutoCloseable {

  private static final String LENGTH = "Content-Length: ";

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Writer writer;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /// A server with a list of responses; once they are used up, it sends nothing.
  RawServer(List<byte[]> responses) throws IOException {
    this(inTurn(responses));
  }

  private RawServer(Writer writer) throws IOException {
    this.writer = writer;
    Thread.ofPlatform().daemon().name("raw-server").start(this::serve);
  }

  /// A server that writes each response little by little.
  static RawServer writing(Writer writer) throws IOException {
    return new RawServer(writer);
  }

  private static Writer inTurn(List<byte[]> responses) {
    Deque<byte[]> left = new ArrayDeque<>(responses);
    return out -> {
      byte[] next = left.poll();
      if (next != null) {
        out.write(next);
      }
    };
  }

  static byte[] http(String headers, String body) {
    return ("HTTP/1.1 200 OK\r\n" + headers + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);
  }

  /// The lines of all requests so far.
  List<String> requests() {
    return List.copyOf(requests);
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        respond(connection);
      } catch (SocketException closed) {
        // By the client, or at the end of the test: the loop checks.
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void respond(Socket connection) throws IOException, InterruptedException {
    BufferedReader request =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    int form = 0;
    String line = request.readLine();
    while (line != null && !line.isEmpty()) {
      requests.add(line);
      form = line.startsWith(LENGTH) ? Integer.parseInt(line.substring(LENGTH.length())) : form;
      line = request.readLine();
    }
    for (int i = 0; i < form; i++) {
      request.read(); // what is left unread would make the system reset the connection
    }
    writer.write(connection.getOutputStream());
  }

  /// Writes a response.
  @FunctionalInterface
  interface Writer {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
