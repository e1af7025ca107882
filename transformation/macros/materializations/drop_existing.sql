{# Before anything is locked. Better to fail and be tried again than to make readers queue behind this transaction. #}
{% macro prepare_to_replace() %}
    {% do run_query("set local lock_timeout = '" ~ var('lock_timeout') ~ "'") %}
    {# A policy must not hide rows from what compares them: with `off`, Postgres refuses such a query. #}
    {% do run_query('set local row_security = off') %}
{% endmacro %}


{# Drops a relation that cannot be changed into what the model is now. #}
{% macro drop_existing(relation, kind) %}
    {% set address = "select 'pg_class'::regclass, '" ~ relation ~ "'::regclass, 0" %}
    {% do announce(kind ~ ' ' ~ plain_name(relation), address) %}
    {% do run_query('drop ' ~ kind ~ ' ' ~ relation ~ ' cascade') %}
{% endmacro %}


{% macro plain_name(relation) %}
    {{- return(relation.schema ~ '.' ~ relation.identifier) -}}
{% endmacro %}


{#
    Says what is about to be dropped, and all that goes with it. `paceline_dbt` takes these warnings into its report, by their
    first word. `addresses` selects what is dropped, as in pg_depend: classid, objid, objsubid.
#}
{% macro announce(what, addresses=none) %}
    {% set lost = lost_with(addresses) if addresses else [] %}
    {% do exceptions.warn('Dropping ' ~ what ~ (', and with it ' ~ lost | join(', ') if lost else '')) %}
{% endmacro %}


{#
    Descriptions of all that disappears if the addresses are dropped with cascade: what depends on them, what depends on that,
    and their grants and comments. What is a part of something in the list, like the rule inside a view, is left out.
#}
{% macro lost_with(addresses) %}
    {% set query %}
        with recursive dropped (classid, objid, objsubid) as (
            {{ addresses }}
        ),

        lost (classid, objid, objsubid) as (
            select * from dropped
            union
            select further.*
            from lost
            cross join lateral (
                select
                    classid,
                    objid,
                    objsubid
                from pg_depend
                where
                    refclassid = lost.classid
                    and refobjid = lost.objid
                    and lost.objsubid in (0, refobjsubid)
                union all
                -- The view that a query belongs to: the dependency points from the query to the view.
                select
                    refclassid,
                    refobjid,
                    refobjsubid
                from pg_depend
                where
                    classid = lost.classid
                    and objid = lost.objid
                    and classid = 'pg_rewrite'::regclass
                    and deptype = 'i'
            ) as further
        ),

        described as (
            select pg_describe_object(classid, objid, objsubid) as description
            from lost
            where
                (classid, objid, objsubid) not in (select * from dropped)
                and not exists (
                    select from pg_depend
                    where
                        pg_depend.classid = lost.classid
                        and pg_depend.objid = lost.objid
                        and pg_depend.objsubid = lost.objsubid
                        and pg_depend.deptype = 'i'
                )
                -- Since Postgres 18, `not null` is a constraint as well.
                and not exists (
                    select from pg_constraint where lost.classid = 'pg_constraint'::regclass and oid = lost.objid and contype = 'n'
                )
                and not exists (
                    select from pg_class
                    where lost.classid = 'pg_class'::regclass and oid = lost.objid and relnamespace = 'pg_toast'::regnamespace
                )
            union all
            select 'a comment on ' || pg_describe_object(classoid, objoid, pg_description.objsubid)
            from pg_description
            inner join dropped on classoid = classid and objoid = objid and dropped.objsubid in (0, pg_description.objsubid)
            union all
            select 'a label of ' || pg_describe_object(classoid, objoid, pg_seclabel.objsubid)
            from pg_seclabel
            inner join dropped on classoid = classid and objoid = objid and dropped.objsubid in (0, pg_seclabel.objsubid)
            union all
            select 'privileges of ' || coalesce(pg_roles.rolname, 'public') || ' on ' || pg_describe_object(classid, objid, attnum)
            from (
                select classid, objid, 0 as attnum, relacl as acl, relowner
                from dropped inner join pg_class on pg_class.oid = objid
                where classid = 'pg_class'::regclass and objsubid = 0
                union all
                select classid, objid, attnum, attacl, relowner
                from dropped
                inner join pg_class on pg_class.oid = objid
                inner join pg_attribute on attrelid = objid and objsubid in (0, attnum)
                where classid = 'pg_class'::regclass
            ) as granted
            cross join lateral aclexplode(acl) as privilege
            left join pg_roles on pg_roles.oid = grantee
            where grantee <> relowner
        )

        select distinct description from described order by description
    {% endset %}
    {{ return(run_query(query).columns[0].values() | list) }}
{% endmacro %}
