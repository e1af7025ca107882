/// Calls over HTTP: transport, the source's clock, its budget. Start at
/// [dev.paceline.extract.http.ApiClient].
@NullMarked
package dev.paceline.extract.http;

import org.jspecify.annotations.NullMarked;
