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

/// Answers with bytes as they are, right or wrong: each connection takes the next answer and is
/// closed behind it. For what a proper HTTP server refuses to send.
final class RawServer implements AutoCloseable {

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Deque<byte[]> answers;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  RawServer(List<byte[]> answers) throws IOException {
    this.answers = new ArrayDeque<>(answers);
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
        answer(connection);
      } catch (SocketException left) {
        // By the client, or by the test that is over: the loop knows.
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }

  private void answer(Socket connection) throws IOException {
    BufferedReader request =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    String line = request.readLine();
    while (line != null && !line.isEmpty()) {
      requests.add(line);
      line = request.readLine();
    }
    byte[] next = answers.poll();
    if (next != null) {
      connection.getOutputStream().write(next);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
