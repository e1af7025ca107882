package dev.paceline.sandbox.http;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;

/// Direct access to a call's connection, for responses that a server would never send on purpose.
/// Each method but [#await] closes the connection when it is done.
final class RawConnection {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
  private static final int DRIPS_PER_SECOND = 10;

  private final Context context;
  private final ConnectionMetaData caller;
  private final EndPoint connection;

  private RawConnection(Context context, ConnectionMetaData caller) {
    this.context = context;
    this.caller = caller;
    this.connection = caller.getConnection().getEndPoint();
  }

  static RawConnection of(Context context) {
    return new RawConnection(
        context,
        ServletContextRequest.getServletContextRequest(context.req()).getConnectionMetaData());
  }

  void close() {
    connection.close();
  }

  /// Sends nothing until the client closes the connection or the sandbox stops.
  void hold() {
    connection.setIdleTimeout(0);
    ByteBuffer buffer = ByteBuffer.allocate(1);
    try {
      while (caller.getConnector().isRunning() && channel().read(buffer.clear()) >= 0) {
        LockSupport.parkNanos(POLL_INTERVAL.toNanos());
      }
    } catch (IOException e) {
      // The client has reset the connection.
    }
    close();
  }

  /// Sends nothing until `moment` has come or the sandbox stops; then leaves the connection open.
  void await(CountDownLatch moment) {
    connection.setIdleTimeout(0);
    while (caller.getConnector().isRunning() && moment.getCount() > 0) {
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
  }

  /// Sends valid headers that announce `announced` bytes, and then these bytes.
  void send(Payload body, int announced, byte[] bytes) {
    write(head(body, announced));
    write(bytes);
    close();
  }

  /// Sends the normal response a few bytes at a time.
  void drip(Payload body, int bytesPerSecond) {
    connection.setIdleTimeout(0);
    write(head(body, body.bytes().length));
    int chunk = Math.max(1, bytesPerSecond / DRIPS_PER_SECOND);
    long pause = 1_000_000_000L * chunk / bytesPerSecond;
    int sent = 0;
    while (sent < body.bytes().length && caller.getConnector().isRunning()) {
      int length = Math.min(chunk, body.bytes().length - sent);
      if (!write(ByteBuffer.wrap(body.bytes(), sent, length))) {
        break;
      }
      sent += length;
      LockSupport.parkNanos(pause);
    }
    close();
  }

  private byte[] head(Payload body, int announced) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    line(head, "HTTP/1.1 200 OK");
    line(head, "Content-Type: " + Responses.JSON);
    line(head, "Content-Length: " + announced);
    line(head, "Connection: close");
    if (body.gzipped()) {
      line(head, "Content-Encoding: gzip");
    }
    for (String name : context.res().getHeaderNames()) {
      line(head, name + ": " + context.res().getHeader(name));
    }
    line(head, "");
    return head.toByteArray();
  }

  private static void line(ByteArrayOutputStream head, String text) {
    head.writeBytes((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private void write(byte[] bytes) {
    write(ByteBuffer.wrap(bytes));
  }

  /// Returns whether the client was still connected. Bypasses Jetty's own writing, which would
  /// correct the lengths.
  private boolean write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        if (channel().write(bytes) == 0) {
          LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private SocketChannel channel() {
    return (SocketChannel) connection.getTransport();
  }
}
