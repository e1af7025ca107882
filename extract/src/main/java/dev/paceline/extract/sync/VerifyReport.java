package dev.paceline.extract.sync;

/// What was read again for edits that no listing shows.
///
/// @param calls what it cost
/// @param changed how many had such an edit
/// @param records how many are read again in turn
/// @param days in how many daily runs each of them has had its turn; 0 where none is read again
public record VerifyReport(long calls, long changed, long records, long days) {}
