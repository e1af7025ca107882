package dev.paceline.load.contract;

/// A query on the staged records merged with the published ones.
///
/// @param description what it guards against, for the reader of a halted load
/// @param sql a query with the columns `account` and `what`, and a row for each finding
public record Check(String name, Severity severity, String description, String sql) {}
