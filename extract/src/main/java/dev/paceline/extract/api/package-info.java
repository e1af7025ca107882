/// What an `api.yaml` says, as values. Start at [dev.paceline.extract.api.ApiDescription]; knows
/// nothing of how it is called.
@NullMarked
package dev.paceline.extract.api;

import org.jspecify.annotations.NullMarked;
