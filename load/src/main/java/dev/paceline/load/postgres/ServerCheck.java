package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import org.jdbi.v3.core.Handle;

/// Whether a server can be the warehouse: Postgres 17 or newer, text in UTF-8.
///
/// @param number e.g. 170004
/// @param version as the server says it, e.g. `17.4`
record ServerCheck(int number, String version, String encoding) {

  /// `MERGE … RETURNING` came with it.
  private static final int OLDEST = 170_000;

  static ServerCheck run(Handle handle) {
    ServerCheck found =
        handle
            .createQuery(
                """
                select
                    current_setting('server_version_num')::integer as number,
                    current_setting('server_version') as version,
                    current_setting('server_encoding') as encoding
                """)
            .map((row, context) ->
                new ServerCheck(
                    row.getInt("number"), row.getString("version"), row.getString("encoding")))
            .one();
    found.refuseUnfit();
    return found;
  }

  void refuseUnfit() {
    if (number < OLDEST) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Connecting to the warehouse",
          "it is Postgres %s, and 17 is the oldest that Paceline serves".formatted(version),
          "upgrade it, or give another with --warehouse");
    }
    if (!encoding.equals("UTF8")) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Connecting to the warehouse",
          "its database is encoded in %s, which cannot hold every name".formatted(encoding),
          "create one with encoding 'UTF8'");
    }
  }
}
