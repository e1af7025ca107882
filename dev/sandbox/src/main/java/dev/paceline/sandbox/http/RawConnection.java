package dev.paceline.sandbox.http;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;

/// A call's connection itself: for answers that no server means to give. Whatever is done, the
/// connection is closed after it.
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

  void drop() {
    connection.close();
  }

  /// Says nothing until the client has gone, or the sandbox is ended.
  void hold() {
    connection.setIdleTimeout(0);
    ByteBuffer unread = ByteBuffer.allocate(1);
    try {
      while (caller.getConnector().isRunning() && channel().read(unread.clear()) >= 0) {
        LockSupport.parkNanos(POLL_INTERVAL.toNanos());
      }
    } catch (IOException gone) {
      // A client that resets the connection has gone as well.
    }
    drop();
  }

  /// A right head that promises `promised` bytes, and then these bytes.
  void send(Payload body, int promised, byte[] bytes) {
    write(head(body, promised));
    write(bytes);
    drop();
  }

  /// The right answer, drop by drop.
  void drip(Payload body, int bytesPerSecond) {
    connection.setIdleTimeout(0);
    write(head(body, body.bytes().length));
    int drop = Math.max(1, bytesPerSecond / DRIPS_PER_SECOND);
    long pause = 1_000_000_000L * drop / bytesPerSecond;
    int gone = 0;
    while (gone < body.bytes().length && caller.getConnector().isRunning()) {
      int length = Math.min(drop, body.bytes().length - gone);
      if (!write(ByteBuffer.wrap(body.bytes(), gone, length))) {
        break;
      }
      gone += length;
      LockSupport.parkNanos(pause);
    }
    drop();
  }

  private byte[] head(Payload body, int promised) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    line(head, "HTTP/1.1 200 OK");
    line(head, "Content-Type: " + Responses.JSON);
    line(head, "Content-Length: " + promised);
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

  /// Whether the client was still there. Jetty's own writing is passed over: it would set the
  /// lengths right.
  private boolean write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        if (channel().write(bytes) == 0) {
          LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
      }
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  private SocketChannel channel() {
    return (SocketChannel) connection.getTransport();
  }
}
