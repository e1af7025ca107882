package dev.paceline.load.step;

/// One finding of a check.
public record Finding(String account, String what) {}
