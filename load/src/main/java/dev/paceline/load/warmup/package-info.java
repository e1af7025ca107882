/// What the warm-up of load runs against, besides the lake's stub: a Postgres that only answers as
/// one needs to stage a load. Start at [PostgresStub].
@NullMarked
package dev.paceline.load.warmup;

import org.jspecify.annotations.NullMarked;
