with repeated as (
    select
        _account as account,
        'activity ' || id || ' occurs ' || count(*) || ' times in commit ' || _seq / 10000000 as what
    from activities_staged
    group by _account, id, _seq / 10000000
    having count(*) > 1
    union all
    select
        _account as account,
        'athlete ' || id || ' occurs ' || count(*) || ' times in commit ' || _seq / 10000000 as what
    from athletes_staged
    group by _account, id, _seq / 10000000
    having count(*) > 1
),

shared as (
    select
        max(_account) as account,
        'activity ' || id || ' also belongs to account ' || min(_account) as what
    from activities_next
    where
        id in (select staged.id from activities_staged as staged)
        and _deleted_at is null
    group by id
    having min(_account) < max(_account)
)

select
    account,
    what
from repeated
union all
select
    account,
    what
from shared
