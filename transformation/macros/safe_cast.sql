{#
    How a unit test types what it is given. Postgres tells dbt that every array is of type ARRAY, which no cast takes,
    so without this no unit test could stand on a table that has one. An array is left as it is given.
#}
{% macro postgres__safe_cast(field, type) -%}
    {%- if type == 'ARRAY' -%}
        {{ field }}
    {%- else -%}
        cast({{ field }} as {{ type }})
    {%- endif -%}
{%- endmacro %}
