/// Commits and their parts: writing, validating, reading, verifying. Start at
/// [dev.paceline.lake.log.CommitLog]; writers use [dev.paceline.lake.log.CommitWriter].
@NullMarked
package dev.paceline.lake.log;

import org.jspecify.annotations.NullMarked;
