/// The commands that extract a REST source into the lake. Start at
/// [dev.paceline.extract.SyncCommand], then [dev.paceline.extract.sync.Sync].
@NullMarked
package dev.paceline.extract;

import org.jspecify.annotations.NullMarked;
