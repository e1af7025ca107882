{# A model's schema is the one set for its folder (stg, dwh, mart); by default dbt would prefix the target's schema. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
