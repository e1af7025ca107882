package dev.paceline.extract.record;

/// What the response to the call of one record contains.
public sealed interface Content permits Document, Content.TooMuch {

  /// How much of a record that exceeds a limit is kept.
  int BEGINNING_BYTES = 64 << 10;

  /// A record that exceeds a limit.
  ///
  /// @param reason in a few words
  /// @param beginning its first bytes
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record TooMuch(String reason, byte[] beginning) implements Content {}
}
