/// Describes an `api.yaml` in words. Start at [dev.paceline.extract.describe.SourceSummary]. Knows
/// nothing about how an API is called.
@NullMarked
package dev.paceline.extract.describe;

import org.jspecify.annotations.NullMarked;
