/// AWS as a place for secrets: SSM's parameters and Secrets Manager. Start at
/// [dev.paceline.lake.vault.Vault].
@NullMarked
package dev.paceline.lake.vault;

import org.jspecify.annotations.NullMarked;
