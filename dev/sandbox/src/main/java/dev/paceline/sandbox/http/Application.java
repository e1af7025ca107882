package dev.paceline.sandbox.http;

/// The one application registered with the sandbox.
public record Application(String clientId, String clientSecret) {}
