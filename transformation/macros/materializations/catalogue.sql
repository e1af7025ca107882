{#
    What the materializations ask Postgres, inside their transaction: dbt's cache does not know what a cascade has dropped.
    In a column, `identifier` is quoted where necessary.
#}

{# `table`, `view` or `materialized view`; empty if there is none. Whatever else has the name is not for us to drop. #}
{% macro existing_kind(relation) %}
    {% set query %}
        select
            case relkind when 'r' then 'table' when 'v' then 'view' when 'm' then 'materialized view' else 'else' end as kind
        from pg_class
        where oid = to_regclass('{{ relation }}')
    {% endset %}
    {% set kind = run_query(query).columns[0].values() | join %}
    {% if kind == 'else' %}
        {% do exceptions.raise_compiler_error(
            plain_name(relation) ~ ' exists and is neither a table nor a view; drop or rename it'
        ) %}
    {% endif %}
    {{ return(kind) }}
{% endmacro %}


{#
    The columns of a table or view in their order, without those that Postgres computes: no contract has such a column, so
    somebody added it, and it stays.
#}
{% macro columns_of(relation) %}
    {% set query %}
        select
            quote_ident(attname) as identifier,
            concat_ws(
                ' ',
                quote_ident(attname),
                format_type(atttypid, atttypmod),
                case when attcollation <> typcollation then 'collate ' || attcollation::regcollation::text end
            ) as definition,
            attnum as number,
            attnotnull as not_null
        from pg_attribute
        inner join pg_type on atttypid = pg_type.oid
        where
            attrelid = to_regclass('{{ relation }}')
            and attnum > 0
            and not attisdropped
            and attgenerated = ''
            and attidentity = ''
        order by attnum
    {% endset %}
    {% set columns = [] %}
    {% for row in run_query(query) %}
        {% do columns.append({
            'identifier': row['identifier'],
            'definition': row['definition'],
            'number': row['number'] | int,
            'not_null': row['not_null'],
        }) %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}


{# The quoted columns of the primary key, in their order; empty if there is none. #}
{% macro primary_key_of(relation) %}
    {% set query %}
        select quote_ident(attname) as identifier
        from pg_index
        cross join unnest(indkey) with ordinality as key (number, place)
        inner join pg_attribute on attrelid = indrelid and attnum = key.number
        where indrelid = to_regclass('{{ relation }}') and indisprimary
        order by place
    {% endset %}
    {{ return(run_query(query).columns[0].values() | list) }}
{% endmacro %}


{# Each constraint of the relation except `not null`, as `alter table … add` takes it. #}
{% macro constraints_of(relation) %}
    {% set query %}
        select pg_get_constraintdef(oid) as definition
        from pg_constraint
        where conrelid = to_regclass('{{ relation }}') and contype in ('p', 'u', 'c', 'x')
        order by contype <> 'p', conname
    {% endset %}
    {{ return(run_query(query).columns[0].values() | list) }}
{% endmacro %}


{# What identifies a row of a published table: `d` is its primary key. #}
{% macro replica_identity_of(relation) %}
    {% set query = "select relreplident::text from pg_class where oid = '" ~ relation ~ "'::regclass" %}
    {{ return(run_query(query).columns[0][0]) }}
{% endmacro %}
