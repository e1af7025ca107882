/// Postgres as the warehouse: its address, the steps of a load, and what `ops` records. Start at
/// [dev.paceline.load.postgres.StageStep], then [dev.paceline.load.postgres.CheckStep] and
/// [dev.paceline.load.postgres.PublishStep]. No step keeps state in its session, so a pooler may be
/// in between.
@NullMarked
package dev.paceline.load.postgres;

import org.jspecify.annotations.NullMarked;
