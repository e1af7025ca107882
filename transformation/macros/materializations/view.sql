{#
    A view that keeps what others attached to it, like table.sql. It is not touched if its query has not changed. If the query
    has changed, it is replaced in place, unless a column would disappear or change: Postgres can only add columns at the end.
#}
{% materialization view, adapter='postgres' %}
    {%- set target = this.incorporate(type='view') -%}
    {%- set wanted = make_temp_relation(target) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% call statement('main') %}
        {{ create_wanted_view(wanted, sql) }}
    {% endcall %}

    {% do prepare_to_replace() %}
    {% set existing = existing_kind(target) %}
    {% if existing == 'view' and not should_full_refresh() and starts_like(columns_of(wanted), columns_of(target)) %}
        {% if query_of(target) != query_of(wanted) %}
            {% do run_query('create or replace view ' ~ target ~ options_of(target) ~ ' as (' ~ sql ~ ')') %}
        {% endif %}
    {% else %}
        {% if existing %}
            {% do drop_existing(target, existing) %}
        {% endif %}
        {% do run_query('create view ' ~ target ~ ' as (' ~ sql ~ ')') %}
    {% endif %}
    {% do run_query('drop view ' ~ wanted) %}

    {% set should_revoke = should_revoke(target if existing else none, full_refresh_mode=False) %}
    {% do apply_grants(target, config.get('grants'), should_revoke=should_revoke) %}
    {% do persist_docs(target, model) %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target]}) }}
{% endmaterialization %}


{% macro create_wanted_view(wanted, sql) %}
    {{ get_assert_columns_equivalent(sql) }}
    {{ config.get('sql_header') or '' }}
    {{ 'create temporary view ' ~ wanted ~ ' as (' ~ sql ~ ')' }}
{% endmacro %}


{% macro starts_like(columns, first_columns) %}
    {% set first = columns[:first_columns | length] %}
    {{ return(first | map(attribute='definition') | list == first_columns | map(attribute='definition') | list) }}
{% endmacro %}


{% macro query_of(view) %}
    {{ return(run_query("select pg_get_viewdef('" ~ view ~ "'::regclass)").columns[0][0]) }}
{% endmacro %}


{# The view's options, such as security_invoker: replacing it without them would reset them. #}
{% macro options_of(view) %}
    {% set query %}
        select ' with (' || array_to_string(reloptions, ', ') || ')' as options
        from pg_class
        where oid = '{{ view }}'::regclass and reloptions is not null
    {% endset %}
    {{ return(run_query(query).columns[0].values() | join) }}
{% endmacro %}
