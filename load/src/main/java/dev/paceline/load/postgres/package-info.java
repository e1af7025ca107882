/// Postgres as the warehouse: its address, transactions, tables, COPY, the ledgers of `ops`, locks,
/// and what its errors mean. Start at [dev.paceline.load.postgres.Transaction]. Another warehouse
/// would replace this package and nothing else. No state is kept in a session, so a pooler may be
/// in between.
@NullMarked
package dev.paceline.load.postgres;

import org.jspecify.annotations.NullMarked;
