package dev.paceline.sandbox.world;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything that survives a restart. `heldAt` is null if the clock follows the host's.
public record SavedState(
    Origin origin,
    @Nullable String heldAt,
    Map<Long, Tokens.AthleteTokens> tokens,
    Edits.Saved edits) {}
