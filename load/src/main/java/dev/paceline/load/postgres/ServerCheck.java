package dev.paceline.load.postgres;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import org.jdbi.v3.core.Handle;

/// Whether a server can be the warehouse: Postgres 17 or newer, with text in UTF-8.
///
/// @param number e.g. 170004
/// @param version as the server reports it, e.g. `17.4`
record ServerCheck(int number, String version, String encoding) {

  /// The first with `MERGE … RETURNING`.
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
    found.refuseUnsuitable();
    return found;
  }

  void refuseUnsuitable() {
    if (number < OLDEST) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Connecting to the warehouse",
          "it is Postgres %s, and Paceline needs 17 or newer".formatted(version),
          "upgrade it, or choose another with --warehouse");
    }
    if (!encoding.equals("UTF8")) {
      throw new Failure(
          Exit.CONFIGURATION,
          "Connecting to the warehouse",
          "its database uses the encoding %s, which cannot hold every character"
              .formatted(encoding),
          "create a database with encoding 'UTF8'");
    }
  }
}
