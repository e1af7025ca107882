package dev.paceline.load.step;

/// How far an account's log is published.
///
/// @param number the last published commit
/// @param run the run that made it; with the number it distinguishes one lake from another
public record LogPosition(long number, String run) {}
