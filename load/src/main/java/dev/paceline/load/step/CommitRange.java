package dev.paceline.load.step;

/// The commits of one account that a load holds.
///
/// @param from the first, exclusive of what was published before
/// @param to the last
/// @param run the run that made the last; with its number it tells one lake from another
public record CommitRange(long from, long to, String run) {}
