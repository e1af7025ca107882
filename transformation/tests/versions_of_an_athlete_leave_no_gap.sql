{{ config(tags=['strava']) }}

with versions as (
    select
        *,
        lead(valid_from) over (partition by account, athlete_id order by version_number) as next_valid_from
    from {{ ref('dim_athlete') }}
)

select
    athlete_key,
    valid_from,
    valid_to,
    next_valid_from
from versions
where
    valid_to is distinct from next_valid_from
    or valid_to <= valid_from
