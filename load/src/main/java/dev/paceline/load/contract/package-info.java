/// A source's tables and checks, as its folder describes them. Start at
/// [dev.paceline.load.contract.SourceContract]; does not know any database or read any record.
@NullMarked
package dev.paceline.load.contract;

import org.jspecify.annotations.NullMarked;
