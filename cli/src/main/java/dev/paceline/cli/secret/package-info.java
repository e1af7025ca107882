/// Secrets and where they are stored: variables, files, SSM parameters and Secrets Manager. Start
/// at [dev.paceline.cli.secret.Secret], then [dev.paceline.cli.secret.Vault].
@NullMarked
package dev.paceline.cli.secret;

import org.jspecify.annotations.NullMarked;
