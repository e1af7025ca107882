with published as (
    select
        _account,
        count(*) as living
    from activities_published
    where _deleted_at is null
    group by _account
),

deleted as (
    select
        _account,
        count(*) as tombstones
    from activities_staged
    where _op = 'delete'
    group by _account
),

-- Usually there is none, and activities_next, which is expensive, is not read at all.
suspects as (
    select
        published._account,
        published.living
    from published
    inner join deleted on published._account = deleted._account
    where
        deleted.tombstones > 20
        and deleted.tombstones > published.living * 0.2
),

fallen as (
    select
        suspects._account,
        suspects.living as n_before,
        count(*) filter (where after_load._deleted_at is null) as n_after
    from activities_next as after_load
    inner join suspects on after_load._account = suspects._account
    group by suspects._account, suspects.living
)

select
    _account as account,
    'only ' || n_after || ' of ' || n_before || ' activities would be left' as what
from fallen
where
    n_before - n_after > 20
    and n_before - n_after > n_before * 0.2
