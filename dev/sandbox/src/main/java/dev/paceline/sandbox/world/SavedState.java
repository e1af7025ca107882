package dev.paceline.sandbox.world;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that outlives a restart. `heldAt` is null where the clock runs with the host's.
public record SavedState(
    Origin origin,
    @Nullable String heldAt,
    Map<Long, Tokens.AthleteTokens> tokens,
    Edits.Saved edits) {}
