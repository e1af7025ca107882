{#
    A table that keeps what others attached to it. dbt's own materialization replaces the table, and with it drops all views
    on it, foreign keys, grants, triggers and so on. This one computes the new contents first, and then changes the existing
    table where it differs from them: its columns (change_columns.sql) and its rows (replace_contents.sql). All of it is one
    transaction, so a reader sees the old contents or the new ones, and a failure leaves the old ones.

    Only --full-refresh, or a view of the same name, makes it drop what exists; it says what is lost.
#}
{% materialization table, adapter='postgres' %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set contents = make_temp_relation(target) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% call statement('main') %}
        {{ create_contents(contents, sql) }}
    {% endcall %}
    {% set key = primary_key_of(contents) %}
    {% if not key %}
        {% do exceptions.raise_compiler_error(
            model.name ~ ' has no primary key; add it to the constraints of the model, so that a row can be changed in place'
        ) %}
    {% endif %}

    {% do prepare_to_replace() %}
    {% set existing = existing_kind(target) %}
    {% if existing == 'table' and not should_full_refresh() %}
        {% do run_query('lock table only ' ~ target ~ ' in share row exclusive mode') %}
        {% set replica_identity = replica_identity_of(target) %}
        {% do change_columns(target, contents) %}
        {% do replace_contents(target, contents, key) %}
        {% do require_contract(target, contents, replica_identity) %}
    {% else %}
        {% if existing %}
            {% do drop_existing(target, existing) %}
        {% endif %}
        {% do run_query('create table ' ~ target ~ get_table_columns_and_constraints()) %}
        {% set columns = columns_of(contents) | map(attribute='identifier') | join(', ') %}
        {% do run_query('insert into ' ~ target ~ ' (' ~ columns ~ ') select ' ~ columns ~ ' from ' ~ contents) %}
        {% do create_indexes(target) %}
    {% endif %}
    {% do run_query('drop table ' ~ contents) %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {# False, because the privileges that others granted are still there, unlike after a replacement. #}
    {% set should_revoke = should_revoke(target if existing else none, full_refresh_mode=False) %}
    {% do apply_grants(target, config.get('grants'), should_revoke=should_revoke) %}
    {% do persist_docs(target, model) %}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target]}) }}
{% endmaterialization %}


{# With the columns and constraints of the contract, so a bad row is refused before anything is locked. #}
{% macro create_contents(contents, sql) %}
    {{ config.get('sql_header') or '' }}
    create temporary table {{ contents }}
    {{ get_assert_columns_equivalent(sql) }}
    {{ get_table_columns_and_constraints() }};
    insert into {{ contents }} ({{ adapter.dispatch('get_column_names', 'dbt')() }})
    {{ get_select_subquery(sql) }}
{% endmacro %}
