/// Calls over HTTP: tries and what their answers mean, limits, proxies, certificates, the source's
/// clock, its budget. Start at [dev.paceline.extract.http.ApiClient], then
/// [dev.paceline.extract.http.RetryingCall].
@NullMarked
package dev.paceline.extract.http;

import org.jspecify.annotations.NullMarked;
