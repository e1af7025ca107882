/// OAuth consent: requested in a browser or by hand, and exchanged for the first token. Start at
/// [dev.paceline.extract.authorize.Authorization].
@NullMarked
package dev.paceline.extract.authorize;

import org.jspecify.annotations.NullMarked;
