/// Calls over HTTP: retries, the meaning of responses, limits, proxies, certificates, the source's
/// clock and its budget. Start at [dev.paceline.extract.http.ApiClient], then
/// [dev.paceline.extract.http.RetryingCall].
@NullMarked
package dev.paceline.extract.http;

import org.jspecify.annotations.NullMarked;
