package dev.paceline.load.ops;

/// The rows of a table.
///
/// @param living rows that are not deleted at the source
public record TableStatus(long rows, long living) {}
