package dev.paceline.extract.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
/// response and is then closed.
final class RawServer implements AutoCloseable {

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Deque<byte[]> responses;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  RawServer(List<byte[]> responses) throws IOException {
    this.responses = new ArrayDeque<>(responses);
    Thread.ofPlatform().daemon().name("raw-server").start(this::serve);
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
      }
    }
  }

  private void respond(Socket connection) throws IOException {
    BufferedReader request =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    String line = request.readLine();
    while (line != null && !line.isEmpty()) {
      requests.add(line);
      line = request.readLine();
    }
    byte[] next = responses.poll();
    if (next != null) {
      connection.getOutputStream().write(next);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
