package dev.paceline.load.warmup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Function;

/// A Postgres on a free port of loopback that answers queries from a list, and takes whatever is
/// copied. Any user is let in after SCRAM.
public final class PostgresStub implements AutoCloseable {

  /// What the client must know to believe that this is the server.
  public static final String PASSWORD = "warm-up";

  private final ServerSocket server;
  private final Function<String, Row> answers;

  private PostgresStub(ServerSocket server, Function<String, Row> answers) {
    this.server = server;
    this.answers = answers;
  }

  /// Starts an empty warehouse in which a load can be staged.
  public static PostgresStub start() throws IOException {
    PostgresStub stub =
        new PostgresStub(
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), StageAnswers::of);
    Thread.ofPlatform().daemon().name("postgres-stub").start(stub::accept);
    return stub;
  }

  public String url() {
    return "postgresql://warm-up@127.0.0.1:%d/warm-up".formatted(server.getLocalPort());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofPlatform()
            .daemon()
            .name("postgres-stub-connection")
            .start(() -> PostgresSession.serve(socket, answers));
      } catch (IOException closed) {
        if (!server.isClosed()) {
          throw new IllegalStateException("The stub cannot accept a connection.", closed);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
