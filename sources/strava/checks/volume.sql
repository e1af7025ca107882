with published as (
    select
        _account,
        count(*) as living
    from activities_published
    where _deleted_at is null
    group by _account
),

next as (
    select
        _account,
        count(*) as living
    from activities_next
    where _deleted_at is null
    group by _account
),

fallen as (
    select
        published._account,
        published.living as n_before,
        coalesce(next.living, 0) as n_after
    from published
    left join next on published._account = next._account
)

select
    _account as account,
    'only ' || n_after || ' of ' || n_before || ' activities would be left' as what
from fallen
where
    n_before - n_after > 20
    and n_before - n_after > n_before * 0.2
