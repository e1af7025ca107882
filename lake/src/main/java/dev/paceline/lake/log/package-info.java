/// What a commit is, and how parts become one. Start at [dev.paceline.lake.log.CommitLog]; writers
/// use [dev.paceline.lake.log.CommitWriter].
@NullMarked
package dev.paceline.lake.log;

import org.jspecify.annotations.NullMarked;
