package dev.paceline.load.postgres;

/// One thing that a check found.
public record Found(String account, String what) {}
