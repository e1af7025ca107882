/// The lake: where objects lie. Start at [dev.paceline.lake.LakeLayout], then
/// [dev.paceline.lake.log.CommitLog].
@NullMarked
package dev.paceline.lake;

import org.jspecify.annotations.NullMarked;
