{# A model's schema is the one its folder names (stg, dwh, mart); dbt would put the target's schema before it. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
