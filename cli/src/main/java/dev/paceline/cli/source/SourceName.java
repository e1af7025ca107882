package dev.paceline.cli.source;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The name of a source: that of its folder, and of its schema in the warehouse, next to which
/// there is one for its stage.
public final class SourceName {

  private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_]{0,40}");

  /// The schemas that Paceline itself and its dbt project fill, and those that every Postgres has.
  private static final Set<String> RESERVED =
      Set.of("ops", "stg", "dwh", "mart", "public", "information_schema");

  private SourceName() {}

  static boolean isValid(String name) {
    return VALID.matcher(name).matches();
  }

  /// Why a valid name cannot be used; empty if it can.
  public static Optional<String> refusal(String name) {
    if (name.endsWith("_stage")) {
      return Optional.of(
          "a name that ends in _stage is kept for the stage of the source \"%s\""
              .formatted(name.replaceFirst("_stage$", "")));
    }
    if (name.startsWith("pg_")) {
      return Optional.of("Postgres reserves names that begin with pg_");
    }
    return RESERVED.contains(name)
        ? Optional.of("the schema \"%s\" of the warehouse has another purpose".formatted(name))
        : Optional.empty();
  }
}
