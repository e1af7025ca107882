package dev.paceline.load.step;

/// What publishing did to a table.
///
/// @param staged lines that were staged
/// @param inserted rows that are new
/// @param updated rows that were written again, or that turned out to say nothing new and were
///   dropped
/// @param deleted rows that were marked as gone at the source
public record TableChanges(long staged, long inserted, long updated, long deleted) {}
