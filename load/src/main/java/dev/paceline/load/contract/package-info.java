/// What a source's tables and checks are, as its folder says. Start at
/// [dev.paceline.load.contract.SourceContract]; knows no database and reads no record.
@NullMarked
package dev.paceline.load.contract;

import org.jspecify.annotations.NullMarked;
