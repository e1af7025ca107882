{% set tracked_columns = [
    'first_name', 'last_name', 'city', 'state', 'country', 'sex', 'weight_kg', 'ftp_w', 'measurement_preference'
] %}

with reported as (
    select
        *,
        jsonb_build_array({{ tracked_columns | join(', ') }}) as tracked
    from {{ ref('stg_strava__athletes') }}
),

compared as (
    select
        *,
        lag(tracked) over (partition by account, athlete_id order by valid_from) as tracked_before
    from reported
),

versions as (
    select
        *,
        row_number() over (partition by account, athlete_id order by valid_from) as version_number,
        lead(valid_from) over (partition by account, athlete_id order by valid_from) as valid_to
    from compared
    where tracked is distinct from tracked_before
),

keyed as (
    select
        md5(concat_ws('|', account, athlete_id, extract(epoch from valid_from))) as athlete_key,
        account,
        athlete_id,
        version_number::integer as version_number,
        {{ tracked_columns | join(',\n        ') }},
        valid_from,
        valid_to,
        valid_to is null as is_current
    from versions
)

select * from keyed
