/// Authentication of requests: API keys, and tokens that are stored and renewed. Start at
/// [dev.paceline.extract.auth.RefreshTokenAuthenticator].
@NullMarked
package dev.paceline.extract.auth;

import org.jspecify.annotations.NullMarked;
