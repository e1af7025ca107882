package dev.paceline.load.step;

/// One thing that a check found.
public record Found(String account, String what) {}
