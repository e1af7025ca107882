/// What an account's token is worth. Start at [dev.paceline.extract.check.AccountCheck].
@NullMarked
package dev.paceline.extract.check;

import org.jspecify.annotations.NullMarked;
