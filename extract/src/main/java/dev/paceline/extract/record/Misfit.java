package dev.paceline.extract.record;

/// Why a record is not written as it is: it exceeds a limit.
///
/// @param reason in a few words
/// @param hasKey false if the key itself exceeds a limit; then a hash stands for it
public record Misfit(String reason, boolean hasKey) {}
