/// The warehouse as Postgres: its address, the three steps of a load, and what `ops` remembers.
/// Start at [dev.paceline.load.postgres.StageStep], then [dev.paceline.load.postgres.CheckStep] and
/// [dev.paceline.load.postgres.PublishStep]. No step keeps anything in its session, so a pooler may
/// stand between.
@NullMarked
package dev.paceline.load.postgres;

import org.jspecify.annotations.NullMarked;
