package dev.paceline.load.rows;

/// The columns of a stage table that follow those of its contract, in this order.
public final class StageColumns {

  public static final String ACCOUNT = "_account";
  public static final String OP = "_op";
  public static final String EXTRACTED_AT = "_extracted_at";
  public static final String SEQ = "_seq";
  public static final String REST = "_rest";

  public static final int COUNT = 5;

  private StageColumns() {}
}
