package dev.paceline.load.warmup;

import dev.paceline.load.warmup.Row.Column;
import java.util.LinkedHashMap;
import java.util.Map;

/// What an empty warehouse answers while the first load is staged, by a part of each query.
/// Whatever is not here has no rows.
final class StageAnswers {

  private static final Map<String, Row> ANSWERS = new LinkedHashMap<>();

  static {
    ANSWERS.put(
        "server_version_num",
        Row.of(
            new Column("number", Row.TEXT, "180000"),
            new Column("version", Row.TEXT, "18.0"),
            new Column("encoding", Row.TEXT, "UTF8")));
    ANSWERS.put("to_regclass('ops.version')", Row.of("exists", "t"));
    ANSWERS.put("max(version)", Row.of("max", "2"));
    ANSWERS.put("pg_try_advisory_xact_lock", Row.of("locked", "t"));
    ANSWERS.put("select to_regnamespace", Row.of("exists", "t"));
    ANSWERS.put("nextval", Row.of("nextval", "1"));
    ANSWERS.put(
        "select clock_timestamp()",
        Row.of(new Column("now", Row.TIMESTAMPTZ, "2026-10-31 05:00:00+00")));
    ANSWERS.put("pg_class.relname", Row.none("relname", "load_id"));
  }

  private StageAnswers() {}

  static Row of(String query) {
    return ANSWERS.entrySet().stream()
        .filter(answer -> query.contains(answer.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(Row.none());
  }
}
