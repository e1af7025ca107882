package dev.paceline.load.ops;

/// What publishing did to a table.
///
/// @param staged lines that were staged
/// @param inserted new rows
/// @param updated rows that were rewritten, or dropped because they turned out to equal the version
///   before
/// @param deleted rows that were marked as deleted at the source
public record TableChanges(long staged, long inserted, long updated, long deleted) {}
