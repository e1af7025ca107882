/// Which certificates a command trusts: those of the JDK, or of a bundle, and the user's own. Start
/// at [TrustedCertificates].
@NullMarked
package dev.paceline.cli.trust;

import org.jspecify.annotations.NullMarked;
