package dev.paceline.load.rows;

import dev.paceline.load.contract.Column;
import dev.paceline.load.contract.ColumnType;
import dev.paceline.load.contract.ScalarType;
import dev.paceline.load.contract.TableContract;
import java.util.ArrayList;
import java.util.List;

/// The fields of a table's row, by column of its stage table.
final class StageRow {

  private static final ColumnType JSONB = new ColumnType(ScalarType.JSONB, false);
  private static final ColumnType BIGINT = new ColumnType(ScalarType.BIGINT, false);

  /// A field that a row must have, or whose value must be the key's, by the name that this table
  /// has for it: tables of one stream share the field of a member.
  private record Named(String column, Field field) {}

  private final String table;
  private final RowFormat format;
  private final ExtraFields extraFields;
  private final Field rest;
  private final Field ordinal;
  private final List<Field> fields = new ArrayList<>();
  private final List<Named> required = new ArrayList<>();

  /// The key's values from the record, each with the one from the envelope that it must equal.
  private final List<Named> keyOfRecord = new ArrayList<>();

  private final List<Field> keyOfEnvelope = new ArrayList<>();

  private final Field[] upsert;
  private final Field[] delete;

  /// Adds the table's columns to the members of an object. Tables of one stream share the field of
  /// a member.
  StageRow(
      TableContract contract,
      RowFormat format,
      LineFields line,
      MemberTree tree,
      ExtraFields extraFields) {
    this.table = contract.table();
    this.format = format;
    this.extraFields = extraFields;
    this.rest = new Field(table, StageColumns.REST, format.encoder(JSONB));
    this.ordinal = new Field(table, StageColumns.ORDINAL, format.encoder(BIGINT));
    List<Field> record = new ArrayList<>();
    List<Field> tombstone = new ArrayList<>();
    for (Column column : contract.columns()) {
      int inKey = contract.key().indexOf(column.name());
      Field envelope = inKey < 0 ? null : line.key().get(inKey);
      Field field = column.isInRecord() || envelope == null ? fieldOf(column, tree) : envelope;
      record.add(field);
      tombstone.add(
          envelope == null
              ? new Field(table, column.name(), format.encoder(column.type()))
              : envelope);
      if (contract.isRequired(column)) {
        required.add(new Named(column.name(), field));
      }
      if (envelope != null && field != envelope) {
        keyOfRecord.add(new Named(column.name(), field));
        keyOfEnvelope.add(envelope);
      }
    }
    contract.ignore().forEach(path -> tree.add(List.of(path.split("\\."))).ignored = true);
    boolean inList = contract.rows() != null;
    this.upsert = row(record, line, false, inList);
    this.delete = row(tombstone, line, true, inList);
  }

  private Field fieldOf(Column column, MemberTree tree) {
    MemberTree.Member member = tree.add(column.members());
    Field field =
        member.field == null
            ? new Field(table, column.name(), format.encoder(column.type()))
            : member.field;
    member.field = field;
    fields.add(field);
    return field;
  }

  private Field[] row(List<Field> columns, LineFields line, boolean tombstone, boolean inList) {
    List<Field> row = new ArrayList<>(columns);
    row.addAll(List.of(line.account(), line.op(tombstone), line.extractedAt(), line.seq()));
    if (inList) {
      row.add(ordinal);
    }
    row.add(rest);
    return row.toArray(Field[]::new);
  }

  ExtraFields extraFields() {
    return extraFields;
  }

  void clear() {
    fields.forEach(Field::clear);
    extraFields.clear();
  }

  void setOrdinal(long value) {
    format.whole(value, ordinal.overwrite());
  }

  /// Rejects a record without a value that a row must have, or whose key is not that of its
  /// envelope.
  void requireComplete() throws Unfit {
    for (Named each : required) {
      if (!each.field().isPresent()) {
        throw Unfit.missing(table, each.column());
      }
    }
    for (int i = 0; i < keyOfRecord.size(); i++) {
      Named each = keyOfRecord.get(i);
      if (!each.field().isSameAs(keyOfEnvelope.get(i))) {
        throw new Unfit("it differs from the key in the envelope")
            .in(each.column(), null)
            .of(table);
      }
    }
  }

  /// The row of a record.
  Field[] upsert() {
    rest.clear();
    if (!extraFields.isEmpty()) {
      format.json(extraFields.end(), rest.overwrite());
    }
    return upsert;
  }

  /// The row of a tombstone, which has only its key.
  Field[] delete() {
    rest.clear();
    return delete;
  }
}
