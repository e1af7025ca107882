with source as (
    select * from {{ source('strava', 'activities') }}
),

present as (
    select * from source
    where _deleted_at is null
),

renamed as (
    select
        _account as account,
        id as activity_id,
        athlete_id,
        name,
        coalesce(sport_type, type) as sport,
        workout_type,
        gear_id,
        device_name,
        external_id,

        start_date as started_at,
        coalesce(
            start_date at time zone 'UTC' + make_interval(secs => utc_offset),
            start_date_local
        ) as started_at_local,
        start_date_local::time = time '00:00:01' as is_start_time_hidden,
        timezone as time_zone,
        utc_offset as utc_offset_s,

        distance as distance_m,
        moving_time as moving_s,
        elapsed_time as elapsed_s,
        total_elevation_gain as elevation_gain_m,
        elev_high as elevation_high_m,
        elev_low as elevation_low_m,
        average_speed as average_speed_mps,
        max_speed as max_speed_mps,
        average_cadence as average_cadence_rpm,
        average_temp as average_temperature_c,
        average_watts as average_power_w,
        max_watts as max_power_w,
        weighted_average_watts as weighted_average_power_w,
        device_watts as has_power_meter,
        kilojoules as energy_kj,
        has_heartrate,
        average_heartrate as average_heartrate_bpm,
        max_heartrate as max_heartrate_bpm,
        suffer_score,

        achievement_count,
        kudos_count,
        comment_count,
        athlete_count,
        total_photo_count as photo_count,
        pr_count,

        trainer as is_indoor,
        commute as is_commute,
        manual as is_manual,
        private as is_private,
        flagged as is_flagged,
        visibility,

        _extracted_at as extracted_at,
        _loaded_at as loaded_at
    from present
)

select * from renamed
