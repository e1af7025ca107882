package dev.paceline.sandbox.http;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The one application registered with the sandbox.
///
/// @param clock what the application compares the ends of its tokens with, or null if it goes by
///   the sandbox's clock
public record Application(String clientId, String clientSecret, @Nullable InstantSource clock) {}
