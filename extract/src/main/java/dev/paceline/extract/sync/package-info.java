/// The main path: accounts in turn, streams in turn, what is new into commits. Start at
/// [dev.paceline.extract.sync.Sync].
@NullMarked
package dev.paceline.extract.sync;

import org.jspecify.annotations.NullMarked;
