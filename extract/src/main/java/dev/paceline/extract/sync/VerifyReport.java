package dev.paceline.extract.sync;

/// The records that were read again for edits that no listing shows.
///
/// @param calls how many were read
/// @param changed how many had such an edit
/// @param records how many are read again in turn
/// @param days how many daily runs it takes to read all of them again; 0 if none is read again
public record VerifyReport(long calls, long changed, long records, long days) {}
