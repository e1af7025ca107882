with activities as (
    select
        *,
        date_trunc('month', local_date)::date as month
    from {{ ref('fact_activity') }}
),

summarized as (
    select
        account,
        month,
        sport,
        count(*) as n,
        coalesce(sum(distance_m::numeric), 0)::double precision as distance_m,
        coalesce(sum(moving_s), 0) as moving_s,
        coalesce(sum(elevation_gain_m::numeric), 0)::double precision as elevation_gain_m,
        coalesce(sum(athlete_count - 1), 0) as people_met,
        coalesce(sum(kudos_count), 0) as kudos,
        avg(kudos_count)::double precision as kudos_mean,
        stddev_samp(kudos_count)::double precision as kudos_stddev
    from activities
    group by account, month, sport
)

select * from summarized
