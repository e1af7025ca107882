{{ config(tags=['strava']) }}

with facts as (
    select
        account,
        count(*) as n,
        sum(moving_s) as moving_s,
        sum(kudos_count) as kudos
    from {{ ref('fact_activity') }}
    group by account
),

months as (
    select
        account,
        sum(n) as n,
        sum(moving_s) as moving_s,
        sum(kudos) as kudos
    from {{ ref('activity_summary_monthly') }}
    group by account
)

select
    coalesce(facts.account, months.account) as account,
    facts.n as n_facts,
    months.n as n_months
from facts
full join months on facts.account = months.account
where
    facts.n is distinct from months.n
    or coalesce(facts.moving_s, 0) is distinct from months.moving_s
    or coalesce(facts.kudos, 0) is distinct from months.kudos
