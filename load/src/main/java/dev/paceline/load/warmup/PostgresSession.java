package dev.paceline.load.warmup;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// One connection of [PostgresStub], in version 3 of Postgres's protocol: every message is a type,
/// a length and a body.
final class PostgresSession {

  private static final int PROTOCOL_3 = 3 << 16;
  private static final int SASL = 10;
  private static final int SASL_CONTINUE = 11;
  private static final int SASL_FINAL = 12;

  private final DataInputStream in;
  private final DataOutputStream out;
  private final Function<String, Row> answers;
  private String query = "";
  private char status = 'I';

  private PostgresSession(Socket socket, Function<String, Row> answers) throws IOException {
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    this.answers = answers;
  }

  static void serve(Socket socket, Function<String, Row> answers) {
    try (socket) {
      PostgresSession session = new PostgresSession(socket, answers);
      session.logIn();
      session.answer();
    } catch (SocketException | EOFException gone) {
      // The client closes its connections when it likes.
    } catch (IOException broken) {
      throw new IllegalStateException("The stub cannot serve a connection.", broken);
    }
  }

  private void logIn() throws IOException {
    int length = in.readInt();
    for (int code = in.readInt(); code != PROTOCOL_3; code = in.readInt()) {
      out.write('N'); // neither TLS nor GSS
      out.flush();
      length = in.readInt();
    }
    in.readNBytes(length - 8);

    ScramServer scram = new ScramServer(PostgresStub.PASSWORD);
    authentication(SASL, "SCRAM-SHA-256\0\0");
    String first = text(message());
    authentication(SASL_CONTINUE, scram.challenge(first.substring(first.indexOf("n,,"))));
    authentication(SASL_FINAL, scram.signature(text(message())));
    send('R', body -> body.writeInt(0));
    for (List<String> setting :
        List.of(
            List.of("server_version", "18.0"),
            List.of("client_encoding", "UTF8"),
            List.of("server_encoding", "UTF8"),
            List.of("DateStyle", "ISO, MDY"),
            List.of("TimeZone", "UTC"),
            List.of("integer_datetimes", "on"),
            List.of("standard_conforming_strings", "on"))) {
      send(
          'S',
          body -> {
            string(body, setting.getFirst());
            string(body, setting.getLast());
          });
    }
    ready();
  }

  private void authentication(int kind, String text) throws IOException {
    send(
        'R',
        body -> {
          body.writeInt(kind);
          body.write(text.getBytes(StandardCharsets.UTF_8));
        });
    out.flush();
  }

  private byte[] message() throws IOException {
    in.readByte();
    return in.readNBytes(in.readInt() - 4);
  }

  private void answer() throws IOException {
    for (char type = (char) in.readByte(); type != 'X'; type = (char) in.readByte()) {
      byte[] body = in.readNBytes(in.readInt() - 4);
      switch (type) {
        case 'Q' -> {
          query = text(body);
          if (query.startsWith("copy")) {
            beginCopy();
          } else {
            complete();
            ready();
          }
        }
        case 'P' -> {
          query = text(body);
          send('1', any -> {});
        }
        case 'B' -> send('2', any -> {});
        case 'D' -> describe(answers.apply(query));
        case 'E' -> execute(answers.apply(query));
        case 'C' -> send('3', any -> {});
        case 'S' -> ready();
        case 'c' -> {
          send('C', any -> string(any, "COPY 1"));
          ready();
        }
        default -> {} // 'd': rows, which nobody reads
      }
    }
  }

  /// The statement that an execution or a simple query ends with.
  private void complete() throws IOException {
    String word = query.replace("\0", "").strip().split("\\s", 2)[0].toUpperCase(Locale.ROOT);
    status = word.equals("BEGIN") ? 'T' : word.matches("COMMIT|ROLLBACK") ? 'I' : status;
    String tag =
        switch (word) {
          case "INSERT" -> "INSERT 0 1";
          case "SELECT" -> "SELECT 1";
          default -> word;
        };
    send('C', body -> string(body, tag));
  }

  private void execute(Row row) throws IOException {
    if (row.exists()) {
      send(
          'D',
          body -> {
            body.writeShort(row.columns().size());
            for (Row.Column column : row.columns()) {
              byte[] value = column.value().getBytes(StandardCharsets.UTF_8);
              body.writeInt(value.length);
              body.write(value);
            }
          });
    }
    complete();
  }

  private void describe(Row row) throws IOException {
    if (!query.replace("\0", "").strip().startsWith("select")) {
      send('n', body -> {});
      return;
    }
    send(
        'T',
        body -> {
          body.writeShort(row.columns().size());
          for (Row.Column column : row.columns()) {
            string(body, column.name());
            body.writeInt(0); // of no table
            body.writeShort(0);
            body.writeInt(column.type());
            body.writeShort(-1); // any length
            body.writeInt(-1);
            body.writeShort(0); // as text
          }
        });
  }

  private void beginCopy() throws IOException {
    send(
        'G',
        body -> {
          body.writeByte(1); // binary
          body.writeShort(0);
        });
    out.flush();
  }

  private void ready() throws IOException {
    send('Z', body -> body.writeByte(status));
    out.flush();
  }

  private interface Writer {
    void write(DataOutputStream body) throws IOException;
  }

  private void send(char type, Writer writer) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    writer.write(new DataOutputStream(body));
    out.writeByte(type);
    out.writeInt(body.size() + 4);
    body.writeTo(out);
  }

  private static void string(DataOutputStream body, String text) throws IOException {
    body.write(text.getBytes(StandardCharsets.UTF_8));
    body.writeByte(0);
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
