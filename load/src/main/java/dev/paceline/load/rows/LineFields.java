package dev.paceline.load.rows;

import dev.paceline.lake.log.Envelope;
import dev.paceline.load.contract.ColumnType;
import dev.paceline.load.contract.ScalarType;
import dev.paceline.load.contract.StreamTables;
import dev.paceline.load.contract.TableContract;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What all rows of a line have in common: the values of its envelope, and its `_seq`.
final class LineFields {

  private static final ColumnType TIMESTAMPTZ = new ColumnType(ScalarType.TIMESTAMPTZ, false);
  private static final ColumnType TEXT = new ColumnType(ScalarType.TEXT, false);
  private static final ColumnType BIGINT = new ColumnType(ScalarType.BIGINT, false);

  private final RowFormat format;
  private final String table;
  private final List<Field> key = new ArrayList<>();
  private final Field account;
  private final Field upsert;
  private final Field delete;
  private final Field extractedAt;
  private final Field seq;
  private byte[] accountName = new byte[0];

  LineFields(StreamTables stream, RowFormat format) {
    TableContract first = stream.tables().getFirst();
    this.table = first.table();
    this.format = format;
    for (int i = 0; i < first.key().size(); i++) {
      key.add(new Field(table, first.key().get(i), format.encoder(first.keyTypes().get(i))));
    }
    this.account = new Field(table, StageColumns.ACCOUNT, format.encoder(TEXT));
    this.upsert = constant(Envelope.UPSERT);
    this.delete = constant(Envelope.DELETE);
    this.extractedAt = new Field(table, StageColumns.EXTRACTED_AT, format.encoder(TIMESTAMPTZ));
    this.seq = new Field(table, StageColumns.SEQ, format.encoder(BIGINT));
  }

  private Field constant(String op) {
    Field field = new Field(table, StageColumns.OP, format.encoder(TEXT));
    format.text(op.getBytes(StandardCharsets.UTF_8), field.overwrite());
    return field;
  }

  /// Starts a line.
  ///
  /// @param name the account whose log the line's commit is in
  /// @param position the commit's number and the line's position in it
  void start(byte[] name, long position) {
    if (!Arrays.equals(name, accountName)) {
      accountName = name;
      format.text(name, account.overwrite());
    }
    format.whole(position, seq.overwrite());
    extractedAt.clear();
    key.forEach(Field::clear);
  }

  /// The stream's first table, which stands for all of them in messages.
  String table() {
    return table;
  }

  /// The account as the log has it, in ASCII.
  byte[] accountName() {
    return accountName;
  }

  List<Field> key() {
    return key;
  }

  Field account() {
    return account;
  }

  Field op(boolean tombstone) {
    return tombstone ? delete : upsert;
  }

  Field extractedAt() {
    return extractedAt;
  }

  Field seq() {
    return seq;
  }
}
