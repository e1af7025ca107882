package dev.paceline.lake.log;

/// A gzip JSONL object of one stream and one account, as a commit lists it.
///
/// @param stream the kind of record it holds
/// @param key its key in the lake
/// @param rows its number of lines
/// @param bytes its size as stored (compressed)
/// @param sha256 of the stored bytes, in lower-case hexadecimal
public record Part(String stream, String key, long rows, long bytes, String sha256) {}
