/// Forecasts the next runs of a source without a call. Start at
/// [dev.paceline.extract.forecast.Forecast].
@NullMarked
package dev.paceline.extract.forecast;

import org.jspecify.annotations.NullMarked;
