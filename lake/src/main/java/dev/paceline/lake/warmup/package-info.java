/// What a warm-up runs against: servers on loopback, as small as one run of a command needs. An
/// image is built with a cache of what a run loads, and no server can be reached from there. Start
/// at [S3Stub].
@NullMarked
package dev.paceline.lake.warmup;

import org.jspecify.annotations.NullMarked;
