/// One holder at a time, over processes and hosts. Start at [dev.paceline.lake.lock.LakeLock].
@NullMarked
package dev.paceline.lake.lock;

import org.jspecify.annotations.NullMarked;
