/// What the warm-up of extract reads, besides the lake's stub: an athlete with one activity.
@NullMarked
package dev.paceline.extract.warmup;

import org.jspecify.annotations.NullMarked;
