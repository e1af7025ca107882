package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.load.fixture.LoadRun;
import dev.paceline.load.fixture.TestLake;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every type through a real COPY. Each line is a type, a value as JSON, and the text that Postgres
/// shows for it.
final class TypesTest extends LoadTestCase {

  private static final List<String> VALUES =
      List.of(
          "smallint ~ -32768 ~ -32768",
          "smallint ~ 32767 ~ 32767",
          "integer ~ -2147483648 ~ -2147483648",
          "integer ~ 2147483647 ~ 2147483647",
          "integer ~ 3600.0 ~ 3600",
          "integer ~ 0.0 ~ 0",
          "integer ~ 3.6e3 ~ 3600",
          "integer ~ 120000.000000000000000000 ~ 120000",
          "bigint ~ -9223372036854775808 ~ -9223372036854775808",
          "bigint ~ 9223372036854775807 ~ 9223372036854775807",
          "bigint ~ 9223372036854775807.0 ~ 9223372036854775807",
          "real ~ 3.25 ~ 3.25",
          "real ~ -7 ~ -7",
          "double precision ~ 0.1 ~ 0.1",
          "double precision ~ -1.7976931348623157e308 ~ -1.7976931348623157e+308",
          "double precision ~ 16201 ~ 16201",
          "numeric ~ 0 ~ 0",
          "numeric ~ -1 ~ -1",
          "numeric ~ 9999 ~ 9999",
          "numeric ~ 10000 ~ 10000",
          "numeric ~ 100000000 ~ 100000000",
          "numeric ~ -9223372036854775808 ~ -9223372036854775808",
          "numeric ~ 123456789012345678901234567890 ~ 123456789012345678901234567890",
          "numeric ~ -1.50 ~ -1.50",
          "numeric ~ 0.0001 ~ 0.0001",
          "numeric ~ 0.00001 ~ 0.00001",
          "numeric ~ -12345.678901 ~ -12345.678901",
          "numeric ~ 1e10 ~ 10000000000",
          "numeric ~ 0.00 ~ 0.00",
          "boolean ~ true ~ true",
          "boolean ~ false ~ false",
          "text ~ \"\" ~ ",
          "text ~ \"Café 🚴 \\\\ \\\"loop\\\" \\ud83d\\udeb4\" ~ Café 🚴 \\ \"loop\" 🚴",
          "date ~ \"0001-01-01\" ~ 0001-01-01",
          "date ~ \"2024-02-29\" ~ 2024-02-29",
          "date ~ \"9999-12-31\" ~ 9999-12-31",
          "timestamp ~ \"2022-06-17T09:36:46Z\" ~ 2022-06-17 09:36:46",
          "timestamp ~ \"0001-01-01T00:00:00\" ~ 0001-01-01 00:00:00",
          "timestamptz ~ \"2022-06-17T08:36:46Z\" ~ 2022-06-17 08:36:46+00",
          "timestamptz ~ \"2022-06-17T08:36:46.123456Z\" ~ 2022-06-17 08:36:46.123456+00",
          "timestamptz ~ \"2022-06-17T08:36:46.5+05:45\" ~ 2022-06-17 02:51:46.5+00",
          "timestamptz ~ \"1999-12-31T23:59:59.999999-0800\" ~ 2000-01-01 07:59:59.999999+00",
          "timestamptz ~ \"9999-12-31T23:59:59Z\" ~ 9999-12-31 23:59:59+00",
          "uuid ~ \"A0EEBC99-9c0b-4ef8-bb6d-6bb9bd380a11\" ~ a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
          "jsonb ~ {\"b\":[1,2.50,\"🚴\"],\"a\":null} ~ {\"a\": null, \"b\": [1, 2.50, \"🚴\"]}",
          "jsonb ~ 1e30 ~ 1000000000000000000000000000000",
          "jsonb ~ \"plain\" ~ \"plain\"",
          "double precision[] ~ [50.84,-0.39] ~ {50.84,-0.39}",
          "double precision[] ~ [null,1] ~ {NULL,1}",
          "integer[] ~ [1,2,3.0] ~ {1,2,3}",
          "text[] ~ [\"a\",\"b \\\" c\"] ~ {a,\"b \\\" c\"}",
          "boolean[] ~ [true,false] ~ {t,f}",
          "numeric[] ~ [1.50] ~ {1.50}",
          "numeric ~ 1e-1000 ~ 0." + "0".repeat(999) + "1",
          "numeric ~ -25e998 ~ -25" + "0".repeat(998),
          "jsonb ~ [1e999] ~ [1" + "0".repeat(999) + "]",
          "integer ~ null ~ null",
          "text ~ null ~ null",
          "jsonb ~ null ~ null",
          "double precision[] ~ null ~ null",
          "double precision[] ~ [] ~ null");

  @Test
  void numericHoldsAThousandDigitsExactly() {
    shop().valueOf("numeric");
    String number = "-" + "9".repeat(900) + "." + "7".repeat(98);
    TestLake lake = lake("shop");
    lake.commit("ann", 1, c -> c.upsert("things", 1, "{\"id\":1,\"value\":%s}".formatted(number)));

    LoadRun run = loading(lake).load("run", "shop");

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(warehouse.rows("select value from shop.things")).containsExactly(number);
  }

  @Test
  void everyColumnHoldsTheValueOfTheRecord() {
    StringBuilder contract =
        new StringBuilder(
            """
            table: things
            stream: things
            mode: merge
            key: [id]
            description: Things.
            columns:
              - {name: id, type: bigint, description: Its number.}
            """);
    StringBuilder record = new StringBuilder("{\"id\":1");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < VALUES.size(); i++) {
      String[] value = VALUES.get(i).split(" ~ ", -1);
      contract.append("  - {name: v%d, type: '%s', description: Any.}%n".formatted(i, value[0]));
      record.append(",\"v%d\":%s".formatted(i, value[1]));
      expected.add("v%d %s ~ %s ~ %s".formatted(i, value[0], value[1], value[2]));
    }
    shop().write("tables/things.yaml", contract.toString());
    TestLake lake = lake("shop");
    lake.commit("ann", 1, c -> c.upsert("things", 1, record.append('}').toString()));

    LoadRun run = loading(lake).load("run", "shop");

    assertThat(run.exit()).as(run.output()).isZero();
    List<String> found = new ArrayList<>();
    for (int i = 0; i < VALUES.size(); i++) {
      String[] value = VALUES.get(i).split(" ~ ", -1);
      String shown =
          warehouse
              .rows("select coalesce(v%d::text, 'null') from shop.things".formatted(i))
              .getFirst();
      found.add("v%d %s ~ %s ~ %s".formatted(i, value[0], value[1], shown));
    }
    assertThat(found).isEqualTo(expected);
  }
}
