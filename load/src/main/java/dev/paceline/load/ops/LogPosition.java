package dev.paceline.load.ops;

/// How far an account's log is published.
///
/// @param lake the id of the lake that has the log
/// @param number the last published commit
/// @param run the run that made it; another run's commit of this number is that of another log
public record LogPosition(String lake, long number, String run) {}
