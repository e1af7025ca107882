with days as (
    select generate_series(
        make_date({{ var('dim_date_first_year') }}, 1, 1),
        make_date({{ var('dim_date_last_year') }}, 12, 31),
        interval '1 day'
    )::date as calendar_date
),

described as (
    select
        to_char(calendar_date, 'YYYYMMDD')::integer as date_key,
        calendar_date,
        date_trunc('week', calendar_date)::date as week,
        date_trunc('month', calendar_date)::date as month,
        date_trunc('quarter', calendar_date)::date as quarter,
        extract(year from calendar_date)::integer as year,
        extract(quarter from calendar_date)::integer as quarter_of_year,
        extract(month from calendar_date)::integer as month_of_year,
        to_char(calendar_date, 'FMMonth') as month_name,
        extract(doy from calendar_date)::integer as day_of_year,
        extract(day from calendar_date)::integer as day_of_month,
        extract(isoyear from calendar_date)::integer as iso_year,
        extract(week from calendar_date)::integer as iso_week,
        extract(isodow from calendar_date)::integer as iso_weekday,
        to_char(calendar_date, 'FMDay') as weekday_name,
        extract(isodow from calendar_date) in (6, 7) as is_weekend
    from days
)

select * from described
