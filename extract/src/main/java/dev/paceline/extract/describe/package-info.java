/// What an `api.yaml` says, in a person's words. Start at
/// [dev.paceline.extract.describe.SourceSummary]; knows nothing of how an API is called.
@NullMarked
package dev.paceline.extract.describe;

import org.jspecify.annotations.NullMarked;
