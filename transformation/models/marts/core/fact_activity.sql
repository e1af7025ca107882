with activities as (
    select * from {{ ref('stg_strava__activities') }}
),

athletes as (
    select * from {{ ref('dim_athlete') }}
),

joined as (
    select
        activities.activity_id,
        activities.account,
        activities.athlete_id,
        athletes.athlete_key,
        to_char(activities.started_at_local, 'YYYYMMDD')::integer as date_key,
        activities.started_at,
        activities.started_at_local,
        activities.started_at_local::date as local_date,
        activities.is_start_time_hidden,
        activities.sport,
        activities.name,
        activities.workout_type,
        activities.gear_id,
        activities.device_name,
        activities.distance_m,
        activities.moving_s,
        activities.elapsed_s,
        activities.elevation_gain_m,
        activities.average_speed_mps,
        activities.max_speed_mps,
        activities.average_cadence_rpm,
        activities.average_heartrate_bpm,
        activities.max_heartrate_bpm,
        activities.average_power_w,
        activities.weighted_average_power_w,
        activities.has_power_meter,
        activities.energy_kj,
        activities.average_temperature_c,
        activities.suffer_score,
        activities.kudos_count,
        activities.comment_count,
        activities.athlete_count,
        activities.achievement_count,
        activities.photo_count,
        activities.pr_count,
        activities.is_indoor,
        activities.is_commute,
        activities.is_manual,
        activities.is_private,
        activities.visibility
    from activities
    left join athletes
        on
            activities.account = athletes.account
            and activities.athlete_id = athletes.athlete_id
            and (activities.started_at >= athletes.valid_from or athletes.version_number = 1)
            and (activities.started_at < athletes.valid_to or athletes.is_current)
)

select * from joined
