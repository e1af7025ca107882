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
        published.living as before,
        coalesce(next.living, 0) as after
    from published
    left join next on published._account = next._account
)

select
    _account as account,
    'of ' || before || ' activities ' || after || ' would be left' as what
from fallen
where
    before - after > 20
    and before - after > before * 0.2
