{#
    How a unit test casts its input values. Postgres reports the type of every array as ARRAY, which is not valid in a
    cast. Without this override, no unit test could use a table that has an array. Arrays are not cast.
#}
{% macro postgres__safe_cast(field, type) -%}
    {%- if type == 'ARRAY' -%}
        {{ field }}
    {%- else -%}
        cast({{ field }} as {{ type }})
    {%- endif -%}
{%- endmacro %}
