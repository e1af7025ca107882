with repeated as (
    select
        _account as account,
        'activity ' || id || ' occurs ' || count(*) || ' times in commit ' || _seq / 10000000 as what
    from activities_repeated
    group by _account, id, _seq / 10000000
    having count(*) > 1
    union all
    select
        _account as account,
        'athlete ' || id || ' occurs ' || count(*) || ' times in commit ' || _seq / 10000000 as what
    from athletes_repeated
    group by _account, id, _seq / 10000000
    having count(*) > 1
),

reported as (
    select
        id,
        _account,
        true as is_staged
    from activities_staged
    where _op = 'upsert'
    union all
    select
        id,
        _account,
        false as is_staged
    from activities_published
    where _deleted_at is null
),

-- Usually there is none, and activities_next, which is expensive, is not read at all.
suspects as (
    select id
    from reported
    group by id
    having min(_account) < max(_account) and bool_or(is_staged)
),

shared as (
    select
        max(after_load._account) as account,
        'activity ' || after_load.id || ' also belongs to account ' || min(after_load._account) as what
    from activities_next as after_load
    inner join suspects on after_load.id = suspects.id
    where after_load._deleted_at is null
    group by after_load.id
    having min(after_load._account) < max(after_load._account)
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
