package dev.paceline.load.rows;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.paceline.lake.log.Envelope;
import dev.paceline.lake.log.RecordLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Reads the envelope of a record. Its members have a fixed order, so the key is known before the
/// record.
final class EnvelopeReader {

  private static final SerializedString ACCOUNT = new SerializedString(Envelope.ACCOUNT);
  private static final SerializedString KEY = new SerializedString(Envelope.KEY);
  private static final SerializedString EXTRACTED_AT = new SerializedString(Envelope.EXTRACTED_AT);
  private static final SerializedString OP = new SerializedString(Envelope.OP);
  private static final SerializedString DATA = new SerializedString(Envelope.DATA);

  private final LineFields fields;

  EnvelopeReader(LineFields fields) {
    this.fields = fields;
  }

  /// Reads all but the record, and returns whether the line is a tombstone.
  boolean readHead(Line line) throws IOException, Unfit {
    JsonParser parser = line.parser();
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new Unfit("the line is not a record in its envelope");
    }
    expect(parser, ACCOUNT);
    parser.nextToken();
    requireAccount(line);
    expect(parser, KEY);
    parser.nextToken();
    readKey(line);
    expect(parser, EXTRACTED_AT);
    parser.nextToken();
    fields.extractedAt().encode(line);
    if (!fields.extractedAt().isPresent()) {
      throw Unfit.missing(fields.table(), StageColumns.EXTRACTED_AT);
    }
    expect(parser, OP);
    parser.nextToken();
    return isTombstone(line);
  }

  /// Moves to the record itself.
  static void expectData(JsonParser parser) throws IOException, Unfit {
    expect(parser, DATA);
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new Unfit("the record is not an object");
    }
  }

  private static void expect(JsonParser parser, SerializedString name) throws IOException, Unfit {
    if (!parser.nextFieldName(name)) {
      throw new Unfit(
          parser.currentToken() == JsonToken.FIELD_NAME
              ? "its envelope has \"%s\" where \"%s\" belongs".formatted(parser.currentName(), name)
              : "its envelope has no \"%s\"".formatted(name));
    }
  }

  private void requireAccount(Line line) throws IOException, Unfit {
    JsonParser parser = line.parser();
    byte[] account = fields.accountName();
    char[] written = parser.getTextCharacters();
    int offset = parser.getTextOffset();
    boolean same = parser.getTextLength() == account.length;
    for (int i = 0; same && i < account.length; i++) {
      same = written[offset + i] == account[i]; // an account's name is ASCII
    }
    if (!same) {
      throw new Unfit(
          "the record is of account \"%s\" but is in a part of \"%s\""
              .formatted(line.currentText(), new String(account, StandardCharsets.UTF_8)));
    }
  }

  private void readKey(Line line) throws IOException, Unfit {
    JsonParser parser = line.parser();
    List<Field> key = fields.key();
    if (line.token() != JsonToken.START_ARRAY) {
      throw new Unfit("its key is not a list");
    }
    int values = 0;
    int bytes = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (values < key.size()) {
        key.get(values).encode(line);
        bytes += key.get(values).value().length();
      } else {
        parser.skipChildren();
      }
      values++;
    }
    if (values != key.size()) {
      throw new Unfit("its key has %d values, the table's %d".formatted(values, key.size()));
    }
    if (bytes > RecordLimits.KEY_BYTES) {
      throw new Unfit("its key is longer than %d bytes".formatted(RecordLimits.KEY_BYTES));
    }
    for (Field field : key) {
      if (!field.isPresent()) {
        throw Unfit.missing(fields.table(), field.column());
      }
    }
  }

  private static boolean isTombstone(Line line) throws IOException, Unfit {
    String op = line.currentText();
    return switch (op) {
      case Envelope.UPSERT -> false;
      case Envelope.DELETE -> true;
      default -> throw new Unfit("its op is \"%s\", not upsert or delete".formatted(op));
    };
  }

  /// The key of a line that may be anything, as it is written but not longer than a key may be;
  /// empty if it has none.
  static Optional<String> findKey(byte[] bytes, int offset, int length) {
    try (Line line = new Line(bytes, offset, length)) {
      JsonParser parser = line.parser();
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(Envelope.KEY);
        parser.nextToken();
        if (found) {
          return Optional.of(line.currentValue());
        }
        parser.skipChildren();
      }
      return Optional.empty();
    } catch (JacksonException malformed) {
      return Optional.empty();
    } catch (IOException impossible) {
      throw new IllegalStateException("Bytes in memory cannot fail to be read.", impossible);
    }
  }
}
