with source as (
    select * from {{ source('strava', 'athletes') }}
),

renamed as (
    select
        _account as account,
        id as athlete_id,
        _valid_from as valid_from,
        username,
        firstname as first_name,
        lastname as last_name,
        city,
        state,
        country,
        sex,
        weight as weight_kg,
        ftp as ftp_w,
        measurement_preference,
        coalesce(summit, premium) as has_subscription,
        created_at as registered_at,
        follower_count,
        friend_count,
        _extracted_at as extracted_at,
        _loaded_at as loaded_at
    from source
)

select * from renamed
