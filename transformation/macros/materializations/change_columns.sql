{#
    Changes the columns of a table to those of `contents`, in the same order, with only as much loss as that needs. A column
    that the model no longer has is dropped, and so is one whose type or place differs; missing ones are added at the end.
    What depends on a dropped column is dropped with it, and announced; everything else stays.
#}
{% macro change_columns(target, contents) %}
    {%- set wanted = columns_of(contents) -%}
    {%- set kept = [] -%}
    {%- set dropped = [] -%}
    {% for column in columns_of(target) %}
        {% if kept | length < wanted | length and column.definition == wanted[kept | length].definition %}
            {% do kept.append(column) %}
        {% else %}
            {% do dropped.append(column) %}
        {% endif %}
    {% endfor %}
    {% if dropped %}
        {% set names = dropped | map(attribute='identifier') | join(', ') %}
        {% set addresses %}
            select 'pg_class'::regclass, '{{ target }}'::regclass, unnest(array[{{ dropped | map(attribute='number') | join(', ') }}])
        {% endset %}
        {% do announce('column ' ~ names ~ ' of ' ~ plain_name(target), addresses) %}
        {% for column in dropped %}
            {% do run_query('alter table ' ~ target ~ ' drop column ' ~ column.identifier ~ ' cascade') %}
        {% endfor %}
    {% endif %}
    {% for column in wanted[kept | length:] %}
        {% do run_query('alter table ' ~ target ~ ' add column ' ~ column.definition) %}
    {% endfor %}
    {% do allow_nulls(target, contents) %}
    {% do drop_other_key(target, primary_key_of(target), primary_key_of(contents)) %}
{% endmacro %}


{# Not null, where the contract allows null, may be what somebody relies on: it stays until there is a null. #}
{% macro allow_nulls(target, contents) %}
    {%- set nullable = columns_of(contents) | rejectattr('not_null') | map(attribute='identifier') | list -%}
    {% for column in columns_of(target) if column.not_null and column.identifier in nullable %}
        {% set nulls = run_query('select from ' ~ contents ~ ' where ' ~ column.identifier ~ ' is null limit 1') %}
        {% if nulls | length %}
            {% do announce('not null of column ' ~ column.identifier ~ ' of ' ~ plain_name(target)) %}
            {% do run_query('alter table ' ~ target ~ ' alter column ' ~ column.identifier ~ ' drop not null') %}
        {% endif %}
    {% endfor %}
{% endmacro %}


{#
    If the table has another primary key than the contract says, or none, its rows may not be unique by that of the contract,
    which `require_contract` adds. Meanwhile a published table has nothing to identify a row by but all of its columns.
#}
{% macro drop_other_key(target, old_key, key) %}
    {% if old_key and old_key != key %}
        {% set query %}
            select
                oid,
                quote_ident(conname) as name,
                pg_describe_object('pg_constraint'::regclass, oid, 0) as description
            from pg_constraint
            where contype = 'p' and conrelid = '{{ target }}'::regclass
        {% endset %}
        {% set constraint = run_query(query).rows[0] %}
        {% set address = "select 'pg_constraint'::regclass, " ~ constraint.oid ~ "::oid, 0" %}
        {% do announce(constraint.description, address) %}
        {% do run_query('alter table ' ~ target ~ ' drop constraint ' ~ constraint.name ~ ' cascade') %}
    {% endif %}
    {% if old_key != key %}
        {% if replica_identity_of(target) == 'd' %}
            {% do run_query('alter table ' ~ target ~ ' replica identity full') %}
        {% endif %}
        {% do run_query(
            'delete from only ' ~ target
            ~ ' where ctid not in (select min(ctid) from only ' ~ target ~ ' group by ' ~ key | join(', ') ~ ')'
        ) %}
    {% endif %}
{% endmacro %}


{# Adds what the contract requires of the rows, once they fulfil it. A constraint that somebody else added stays. #}
{% macro require_contract(target, contents, replica_identity) %}
    {%- set nullable = columns_of(target) | rejectattr('not_null') | map(attribute='identifier') | list -%}
    {% for column in columns_of(contents) if column.not_null and column.identifier in nullable %}
        {% do run_query('alter table ' ~ target ~ ' alter column ' ~ column.identifier ~ ' set not null') %}
    {% endfor %}
    {%- set existing = constraints_of(target) -%}
    {% for constraint in constraints_of(contents) if constraint not in existing %}
        {% do run_query('alter table ' ~ target ~ ' add ' ~ constraint) %}
    {% endfor %}
    {% if replica_identity == 'd' and replica_identity_of(target) != 'd' %}
        {% do run_query('alter table ' ~ target ~ ' replica identity default') %}
    {% endif %}
{% endmacro %}
