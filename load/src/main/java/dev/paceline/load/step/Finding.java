package dev.paceline.load.step;

/// One thing that a check found.
public record Finding(String account, String what) {}
