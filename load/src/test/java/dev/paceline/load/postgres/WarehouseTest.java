package dev.paceline.load.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.load.contract.Column;
import dev.paceline.load.contract.ColumnType;
import dev.paceline.load.contract.Mode;
import dev.paceline.load.contract.TableContract;
import dev.paceline.load.fixture.TestWarehouse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

final class WarehouseTest {

  @Test
  void refusesByVersionAServerThatLacksASetting() throws SQLException {
    try (TestWarehouse server = new TestWarehouse();
        Connection connection = server.connect()) {
      WarehouseAddress address = WarehouseAddress.parse(server.url(), false);
      Jdbi jdbi = Jdbi.create(() -> asPostgres13(connection));
      assertThatExceptionOfType(Failure.class)
          .isThrownBy(() -> Warehouse.open(address, false, jdbi))
          .withMessageContaining("it is Postgres 13.22, and Paceline needs 17 or newer")
          .returns(Exit.CONFIGURATION, Failure::exit);
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void saysWhyACopyCannotBegin() {
    TableContract things =
        new TableContract(
            "things",
            "things",
            null,
            Mode.MERGE,
            List.of("id"),
            "Things.",
            List.of(new Column("id", ColumnType.parse("bigint"), null, null, null, "Number.")),
            List.of());
    try (TestWarehouse server = new TestWarehouse();
        Warehouse warehouse =
            Warehouse.open(
                WarehouseAddress.parse(server.url(), false), false, Jdbi.create(server::connect))) {
      server.execute("create schema shop_stage; create view shop_stage.things_8 as select 1 as id");
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> warehouse.copies("shop", List.of(things), 8))
          .withMessageStartingWith("Copying into shop_stage.things_8: ")
          .withMessageContaining("column \"_account\" of relation \"things_8\" does not exist");
      // A backend ends a moment after its connection is closed.
      server.waitFor(
          "select count(*) = 2 from pg_stat_activity where datname = current_database()",
          "only the warehouse's connection and this one");
    }
  }

  /// A connection to a server that reports version 13 and does not know the setting introduced in
  /// 14.
  private static Connection asPostgres13(Connection real) {
    return (Connection)
        Proxy.newProxyInstance(
            WarehouseTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (arguments != null && arguments[0] instanceof String sql) {
                if (sql.contains("client_connection_check_interval")) {
                  throw new SQLException("unrecognized configuration parameter", "42704");
                }
                arguments[0] =
                    sql.replace("current_setting('server_version_num')", "'130022'")
                        .replace("current_setting('server_version')", "'13.22'");
              }
              return invoke(real, method, arguments);
            });
  }

  private static Object invoke(Connection real, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
