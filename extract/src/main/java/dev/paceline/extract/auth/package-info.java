/// Tokens: where they are kept and how they are renewed. Start at
/// [dev.paceline.extract.auth.RefreshTokenAuthenticator].
@NullMarked
package dev.paceline.extract.auth;

import org.jspecify.annotations.NullMarked;
