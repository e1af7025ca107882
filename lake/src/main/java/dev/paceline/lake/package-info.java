/// The lake: what makes a store one, where its objects are and how they are written as JSON. Start
/// at [dev.paceline.lake.Lake] and [dev.paceline.lake.LakeLayout], then
/// [dev.paceline.lake.log.CommitLog].
@NullMarked
package dev.paceline.lake;

import org.jspecify.annotations.NullMarked;
