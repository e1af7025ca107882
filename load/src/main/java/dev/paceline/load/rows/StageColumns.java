package dev.paceline.load.rows;

/// The columns of a stage table that follow those of its contract, in this order.
public final class StageColumns {

  public static final String ACCOUNT = "_account";
  public static final String OP = "_op";
  public static final String EXTRACTED_AT = "_extracted_at";
  public static final String SEQ = "_seq";

  /// The place of an element in its list, counted from 1. Only in tables of such elements, whose
  /// rows have the `_seq` of their record.
  public static final String ORDINAL = "_ordinal";

  public static final String REST = "_rest";

  private StageColumns() {}
}
