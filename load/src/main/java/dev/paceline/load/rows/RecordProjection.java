package dev.paceline.load.rows;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.paceline.lake.log.Envelope;
import dev.paceline.load.contract.Column;
import dev.paceline.load.contract.ColumnType;
import dev.paceline.load.contract.ScalarType;
import dev.paceline.load.contract.TableContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Reads the lines of one table's stream: the value of each column by its path, and what has no
/// column as [ExtraFields]. A line is checked as a whole before any of its values is available.
/// Holds one record at a time, so memory does not grow with the data.
public final class RecordProjection {

  private static final ColumnType TIMESTAMPTZ = new ColumnType(ScalarType.TIMESTAMPTZ, false);

  private final FieldTree tree;
  private final List<Field> fields = new ArrayList<>();
  private final List<Field> required = new ArrayList<>();

  /// The key's values from the envelope. Those of a record must equal them; a tombstone has no
  /// record.
  private final List<Field> key = new ArrayList<>();

  /// The key's values from the record, in the same order.
  private final List<Field> keyOfRecord = new ArrayList<>();

  /// For a tombstone, by column: the values of the key; the others are never present.
  private final List<Field> tombstone = new ArrayList<>();

  private final Field extractedAt;
  private final ExtraFields extraFields;
  private String op = "";

  /// @param encoders the encoder of each column type, in the form that the warehouse takes
  /// @param drift counts what has no column
  public RecordProjection(
      TableContract contract, Function<ColumnType, Encoder> encoders, Drift drift) {
    this.tree = FieldTree.of(contract);
    this.extractedAt = new Field(StageColumns.EXTRACTED_AT, encoders.apply(TIMESTAMPTZ));
    this.extraFields = new ExtraFields(drift);
    for (String name : contract.key()) {
      int at = contract.columnNames().indexOf(name);
      key.add(new Field(name, encoders.apply(contract.columns().get(at).type())));
    }
    for (Column column : contract.columns()) {
      Field field = new Field(column.name(), encoders.apply(column.type()));
      fields.add(field);
      if (contract.isRequired(column)) {
        required.add(field);
      }
      int at = contract.key().indexOf(column.name());
      tombstone.add(at < 0 ? new Field(column.name(), encoders.apply(column.type())) : key.get(at));
    }
    for (String name : contract.key()) {
      keyOfRecord.add(fields.get(contract.columnNames().indexOf(name)));
    }
  }

  /// Reads a line, or rejects it if it does not fit its table.
  ///
  /// @param account whose log the line's commit is in
  public void read(byte[] bytes, int offset, int length, byte[] account) throws RejectedRecord {
    clear();
    try {
      rejectInvalidUtf8(bytes, offset, length);
      readLine(bytes, offset, length, account);
    } catch (JacksonException malformed) {
      throw new RejectedRecord("the line is not valid JSON: " + malformed.getOriginalMessage());
    } catch (IOException impossible) {
      throw new IllegalStateException("Bytes in memory cannot fail to be read.", impossible);
    }
    rejectIncomplete();
  }

  public boolean isTombstone() {
    return op.equals(Envelope.DELETE);
  }

  /// The values of the current line, by column of the contract; a tombstone has only its key.
  public List<Field> values() {
    return isTombstone() ? tombstone : fields;
  }

  public Field extractedAt() {
    return extractedAt;
  }

  public ExtraFields extraFields() {
    return extraFields;
  }

  private void rejectInvalidUtf8(byte[] bytes, int offset, int length)
      throws IOException, RejectedRecord {
    int invalid = Utf8Validator.firstInvalid(bytes, offset, length);
    if (invalid != Utf8Validator.VALID) {
      throw rejectedAt(
          "its byte %d, %02X, is not valid UTF-8".formatted(invalid - offset + 1, bytes[invalid]),
          MemberPath.of(bytes, offset, length, invalid));
    }
  }

  private void readLine(byte[] bytes, int offset, int length, byte[] account)
      throws IOException, RejectedRecord {
    try (Line line = new Line(bytes, offset, length)) {
      try {
        readEnvelope(line, account);
      } catch (StreamConstraintsException tooLong) {
        throw rejectedAt(
            "it exceeds a limit: " + tooLong.getOriginalMessage(),
            MemberPath.of(line.parser().getParsingContext()));
      }
    }
  }

  /// A rejection that names the column of the member at a path of the line.
  private RejectedRecord rejectedAt(String reason, List<String> path) {
    if (path.isEmpty()) {
      return new RejectedRecord("the line is not valid JSON: " + reason);
    }
    return path.getFirst().equals(Envelope.DATA)
        ? new RejectedRecord(reason).in(columnOf(path.subList(1, path.size())), null)
        : new RejectedRecord("the envelope's \"%s\": %s".formatted(path.getFirst(), reason));
  }

  private String columnOf(List<String> path) {
    FieldTree level = tree;
    for (String name : path) {
      level = level.find(name);
      if (level == null) {
        return StageColumns.REST;
      }
      if (level.isColumn()) {
        return fields.get(level.column()).column();
      }
      if (level.isIgnored()) {
        return String.join(".", path);
      }
    }
    return StageColumns.REST;
  }

  private void clear() {
    op = "";
    fields.forEach(Field::clear);
    key.forEach(Field::clear);
    extractedAt.clear();
    extraFields.clear();
  }

  private void readEnvelope(Line line, byte[] account) throws IOException, RejectedRecord {
    JsonParser parser = line.parser();
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new RejectedRecord("the line is not a record in its envelope");
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case Envelope.ACCOUNT -> checkAccount(parser, account);
        case Envelope.KEY -> readKey(line);
        case Envelope.EXTRACTED_AT -> extractedAt.encode(line);
        case Envelope.OP -> op = parser.getText();
        case Envelope.DATA -> readData(line);
        default -> parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      throw new RejectedRecord("something follows the record on its line");
    }
  }

  private static void checkAccount(JsonParser parser, byte[] account)
      throws IOException, RejectedRecord {
    char[] written = parser.getTextCharacters();
    int offset = parser.getTextOffset();
    boolean same = parser.getTextLength() == account.length;
    for (int i = 0; same && i < account.length; i++) {
      same = written[offset + i] == account[i]; // an account's name is ASCII
    }
    if (!same) {
      throw new RejectedRecord(
          "the record is of account \"%s\" but is in a part of \"%s\""
              .formatted(parser.getText(), new String(account, StandardCharsets.UTF_8)));
    }
  }

  private void readKey(Line line) throws IOException, RejectedRecord {
    JsonParser parser = line.parser();
    if (line.token() != JsonToken.START_ARRAY) {
      throw new RejectedRecord("its key is not a list");
    }
    int values = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (values < key.size()) {
        key.get(values).encode(line);
      }
      values++;
    }
    if (values != key.size()) {
      throw new RejectedRecord(
          "its key has %d values, the table's %d".formatted(values, key.size()));
    }
  }

  private void readData(Line line) throws IOException, RejectedRecord {
    if (line.token() != JsonToken.START_OBJECT) {
      throw new RejectedRecord("the record is not an object");
    }
    readMembers(line, tree);
  }

  private void readMembers(Line line, FieldTree level) throws IOException, RejectedRecord {
    JsonParser parser = line.parser();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      FieldTree member = level.find(name);
      if (member != null && member.isColumn()) {
        fields.get(member.column()).encode(line);
      } else if (member != null && member.isIgnored()) {
        parser.skipChildren();
      } else if (member != null && token == JsonToken.START_OBJECT) {
        extraFields.enter(name);
        readMembers(line, member);
        extraFields.leave();
      } else if (token != JsonToken.VALUE_NULL) {
        keepExtraField(name, line);
      }
    }
  }

  private void keepExtraField(String name, Line line) throws IOException, RejectedRecord {
    try {
      line.copyValue(extraFields.member(name));
    } catch (RejectedRecord rejected) {
      throw rejected.in(StageColumns.REST, null);
    }
  }

  private void rejectIncomplete() throws RejectedRecord {
    if (!isTombstone() && !op.equals(Envelope.UPSERT)) {
      throw new RejectedRecord("its op is \"%s\", not upsert or delete".formatted(op));
    }
    for (Field field : isTombstone() ? key : required) {
      if (!field.isPresent()) {
        throw field.missing();
      }
    }
    for (int i = 0; i < key.size() && !isTombstone(); i++) {
      if (!keyOfRecord.get(i).isSameAs(key.get(i))) {
        throw key.get(i).differs();
      }
    }
    if (!extractedAt.isPresent()) {
      throw extractedAt.missing();
    }
  }
}
