package dev.paceline.load.ops;

/// The commits of one account in a load.
///
/// @param from the first, which follows what was published before
/// @param to the last
/// @param run the run that made the last
public record CommitRange(long from, long to, String run) {}
