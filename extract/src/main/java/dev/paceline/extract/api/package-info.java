/// The contents of an `api.yaml` as values. Start at [dev.paceline.extract.api.ApiDescription].
/// Knows nothing about how the API is called.
@NullMarked
package dev.paceline.extract.api;

import org.jspecify.annotations.NullMarked;
