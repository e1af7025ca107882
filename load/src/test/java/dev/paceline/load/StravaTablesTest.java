package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.load.fixture.LoadRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What `\d strava.activities` and `\d strava.athletes` show: Strava's own names, each with the
/// type that an engineer would choose.
final class StravaTablesTest extends LoadTestCase {

  private static final String METADATA =
      """
      _account text, _extracted_at timestamptz, _loaded_at timestamptz, _deleted_at timestamptz,
      _seq bigint, _rest jsonb
      """;

  private static final String ACTIVITIES =
      """
      id bigint, athlete_id bigint, resource_state smallint, name text, type text, sport_type text,
      workout_type integer, start_date timestamptz, start_date_local timestamp, timezone text,
      utc_offset integer, distance double precision, total_elevation_gain double precision,
      elev_high double precision, elev_low double precision, average_speed double precision,
      max_speed double precision, average_cadence double precision, average_temp double precision,
      average_watts double precision, kilojoules double precision,
      average_heartrate double precision, max_heartrate double precision,
      suffer_score double precision, moving_time integer, elapsed_time integer, max_watts integer,
      weighted_average_watts integer, achievement_count integer, kudos_count integer,
      comment_count integer, athlete_count integer, photo_count integer, total_photo_count integer,
      pr_count integer, device_watts boolean, has_heartrate boolean, heartrate_opt_out boolean,
      display_hide_heartrate_option boolean, has_kudoed boolean, hide_from_home boolean,
      trainer boolean, commute boolean, manual boolean, private boolean, flagged boolean,
      from_accepted_tag boolean, visibility text, gear_id text, device_name text,
      upload_id numeric, upload_id_str text, external_id text, map_id text, summary_polyline text,
      start_latlng double precision[], end_latlng double precision[], location_city text,
      location_state text, location_country text
      """;

  private static final String ATHLETES =
      """
      id bigint, resource_state smallint, username text, firstname text, lastname text, bio text,
      city text, state text, country text, sex text, premium boolean, summit boolean,
      created_at timestamptz, updated_at timestamptz, badge_type_id integer,
      weight double precision, ftp integer, profile_medium text, profile text, friend text,
      follower text, follower_count integer, friend_count integer, mutual_friend_count integer,
      athlete_type integer, date_preference text, measurement_preference text, clubs jsonb,
      bikes jsonb, shoes jsonb, _valid_from timestamptz
      """;

  /// The names that `format_type` uses for them.
  private static final Map<String, String> LONG_NAMES =
      Map.of("timestamptz", "timestamp with time zone", "timestamp", "timestamp without time zone");

  @BeforeEach
  void createTables() {
    LoadRun run = loading(lake("strava").create()).load("run", "strava");
    assertThat(run.exit()).as(run.output()).isZero();
  }

  @Test
  void columnsHaveTheExpectedTypes() {
    assertThat(columns("activities")).isEqualTo(expected(ACTIVITIES, METADATA));
    assertThat(columns("athletes")).isEqualTo(expected(ATHLETES, METADATA));
  }

  private static List<String> expected(String... lists) {
    List<String> columns = new ArrayList<>();
    for (String column : String.join(",", lists).split(",", -1)) {
      String[] words = column.strip().split("\\s+", 2);
      columns.add(words[0] + "|" + LONG_NAMES.getOrDefault(words[1], words[1]));
    }
    return columns;
  }

  private List<String> columns(String table) {
    return warehouse.rows(
        """
        select attname, format_type(atttypid, atttypmod)
        from pg_attribute
        where attrelid = 'strava.%s'::regclass and attnum > 0 and not attisdropped
        order by attnum
        """
            .formatted(table));
  }

  @Test
  void rowsAreIdentifiedByAccountAndStravaId() {
    assertThat(key("activities")).containsExactly("PRIMARY KEY (_account, id)");
    assertThat(key("athletes")).containsExactly("PRIMARY KEY (_account, id, _valid_from)");
  }

  private List<String> key(String table) {
    return warehouse.rows(
        """
        select pg_get_constraintdef(oid)
        from pg_constraint
        where contype = 'p' and conrelid = 'strava.%s'::regclass
        """
            .formatted(table));
  }

  @Test
  void everyTableAndColumnHasAComment() {
    List<String> comments =
        Stream.of("activities", "athletes")
            .flatMap(table ->
                warehouse
                    .rows(
                        """
                        select attname, coalesce(col_description(attrelid, attnum), '')
                        from pg_attribute
                        where attrelid = 'strava.%1$s'::regclass and attnum > 0
                        union all
                        select '%1$s', coalesce(obj_description('strava.%1$s'::regclass), '')
                        """
                            .formatted(table))
                    .stream())
            .toList();
    assertThat(comments).hasSize(60 + 6 + 31 + 6 + 2).allMatch(row -> row.matches(".+\\|.+\\."));
  }
}
