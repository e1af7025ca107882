/// The main path: lists and reads all accounts in turn, and commits what is new. Start at
/// [dev.paceline.extract.sync.Sync].
@NullMarked
package dev.paceline.extract.sync;

import org.jspecify.annotations.NullMarked;
