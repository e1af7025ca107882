{#
    Makes the rows of a table equal to those of `contents`, by key. A row that has not changed is not touched, so a run that
    brings nothing new writes nothing, leaves no dead rows and fires no trigger.

    Why not otherwise: TRUNCATE locks out readers, shows an empty table to transactions that began before it, and fails if a
    foreign key refers to the table. Deleting all rows and inserting them again would cascade through such a key. MERGE refuses
    a table that has rules.

    `only`, because others may have created tables that inherit from this one.
#}
{% macro replace_contents(target, contents, key) %}
    {%- set added = make_temp_relation(target, '__added') -%}
    {%- set columns = columns_of(contents) -%}
    {%- set others = columns | rejectattr('identifier', 'in', key) | map(attribute='identifier') | list -%}
    {%- set same_key = [] -%}
    {%- for column in key -%}
        {%- do same_key.append('existing.' ~ column ~ ' = wanted.' ~ column) -%}
    {%- endfor -%}
    {%- set same_key = same_key | join(' and ') -%}

    {# Constraints that may be deferred are checked when all rows have changed, because rows can exchange values. #}
    {% do run_query('set constraints all deferred') %}
    {% do run_query('analyze ' ~ contents) %}
    {% do run_query(
        'delete from only ' ~ target ~ ' as existing'
        ~ ' where not exists (select from ' ~ contents ~ ' as wanted where ' ~ same_key ~ ')'
    ) %}
    {% if others %}
        {# `*<>` compares bytes: it tells 1.0 from 1.00, and works for types without equality, such as json. #}
        {% do run_query(
            'update only ' ~ target ~ ' as existing set ' ~ assignments(others) ~ ' from ' ~ contents ~ ' as wanted'
            ~ ' where ' ~ same_key
            ~ ' and row(' ~ prefixed(others, 'existing.') ~ ')::record *<> row(' ~ prefixed(others, 'wanted.') ~ ')::record'
        ) %}
    {% endif %}
    {# Put aside first: a rule of the kind `on insert do also` evaluates the query again, after the insert. #}
    {% do run_query(
        'create temporary table ' ~ added ~ ' as select * from ' ~ contents ~ ' as wanted'
        ~ ' where not exists (select from only ' ~ target ~ ' as existing where ' ~ same_key ~ ')'
    ) %}
    {% set names = columns | map(attribute='identifier') | join(', ') %}
    {% do run_query('insert into ' ~ target ~ ' (' ~ names ~ ') select ' ~ names ~ ' from ' ~ added) %}
    {% do run_query('drop table ' ~ added) %}
    {# Not only at the commit: an error here names the model, and Postgres alters no table whose checks are pending. #}
    {% do run_query('set constraints all immediate') %}
{% endmacro %}


{% macro prefixed(identifiers, prefix) %}
    {%- for identifier in identifiers %}{{ prefix }}{{ identifier }}{{ ', ' if not loop.last }}{% endfor -%}
{% endmacro %}


{% macro assignments(identifiers) %}
    {%- for identifier in identifiers %}{{ identifier }} = wanted.{{ identifier }}{{ ', ' if not loop.last }}{% endfor -%}
{% endmacro %}
