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
    first_date <> make_date({{ var('dim_date_first_year') }}, 1, 1)
    or last_date <> make_date({{ var('dim_date_last_year') }}, 12, 31)
    or n <> last_date - first_date + 1
