package dev.paceline.sandbox.http;

/// The one application that is registered here.
public record Application(String clientId, String clientSecret) {}
