/// A lock with one holder at a time, across processes and hosts. Start at
/// [dev.paceline.lake.lock.LakeLock].
@NullMarked
package dev.paceline.lake.lock;

import org.jspecify.annotations.NullMarked;
