package dev.paceline.load.postgres;

import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The views that depend on a table, directly or through other views.
record Dependents(List<View> views) {

  /// A view, with its quoted name.
  record View(String name, boolean materialized) {}

  static Dependents of(Handle handle, TableDefinition table) {
    return new Dependents(
        handle
            .createQuery(
                """
                with recursive dependents as (
                    select to_regclass(:name)::oid as relation
                    union
                    select pg_rewrite.ev_class
                    from dependents
                    inner join
                        pg_depend
                        on pg_depend.refclassid = 'pg_class'::regclass
                        and pg_depend.refobjid = dependents.relation
                        and pg_depend.classid = 'pg_rewrite'::regclass
                    inner join pg_rewrite on pg_rewrite.oid = pg_depend.objid
                )

                select
                    pg_class.oid::regclass::text as name,
                    pg_class.relkind = 'm' as materialized
                from dependents
                inner join pg_class on pg_class.oid = dependents.relation
                where pg_class.relkind in ('v', 'm')
                order by name
                """)
            .bind("name", table.name())
            .map((row, context) -> new View(row.getString("name"), row.getBoolean("materialized")))
            .list());
  }

  boolean isEmpty() {
    return views.isEmpty();
  }

  /// Their names, separated by commas.
  String names() {
    return views.stream().map(View::name).collect(Collectors.joining(", "));
  }

  /// The statements that drop them, each with a semicolon; empty if there are none.
  String drop() {
    return drop("view", views.stream().filter(view -> !view.materialized()).toList())
        + drop("materialized view", views.stream().filter(View::materialized).toList());
  }

  private static String drop(String kind, List<View> views) {
    return views.isEmpty()
        ? ""
        : "drop %s if exists %s cascade; ".formatted(kind, new Dependents(views).names());
  }
}
