/// Checks whether an account's token works. Start at [dev.paceline.extract.check.AccountCheck].
@NullMarked
package dev.paceline.extract.check;

import org.jspecify.annotations.NullMarked;
