package dev.paceline.load.contract;

/// A question to what is staged, laid over what is published.
///
/// @param description what it guards against, for whoever reads a halted load
/// @param sql a query with the columns `account` and `what`, and a row for each thing found
public record Check(String name, Severity severity, String description, String sql) {}
