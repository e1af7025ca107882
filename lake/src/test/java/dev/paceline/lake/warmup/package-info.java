/// Tests of the stubs.
@NullMarked
package dev.paceline.lake.warmup;

import org.jspecify.annotations.NullMarked;
