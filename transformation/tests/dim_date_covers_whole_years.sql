{{ config(tags=['strava']) }}

with dates as (
    select
        min(calendar_date) as first_date,
        max(calendar_date) as last_date,
        count(*) as n
    from {{ ref('dim_date') }}
)

select
    first_date,
    last_date,
    n
from dates
where
    extract(doy from first_date) <> 1
    or extract(doy from last_date + 1) <> 1
    or n <> last_date - first_date + 1
