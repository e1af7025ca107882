package dev.paceline.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paceline.load.fixture.LoadRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a user sees after a typo, an omission or a wrong setting: one sentence and the right exit
/// code.
final class CommandTest extends LoadTestCase {

  private static final String SECRET = "pa55-never-shown";

  @BeforeEach
  void writeContract() {
    shop().valueOf("text");
    lake("shop").create();
  }

  private LoadRun load(String... arguments) {
    return loading(lake("shop")).load(arguments);
  }

  private LoadRun into(String url) {
    return loading(lake("shop"))
        .set("PACELINE_WAREHOUSE", url)
        .set("PACELINE_WAREHOUSE_PASSWORD", SECRET)
        .load("run", "shop");
  }

  private static void assertFailed(LoadRun run, int exit, String... words) {
    assertThat(run.exit()).as(run.output()).isEqualTo(exit);
    assertThat(run.error()).contains(words);
    assertThat(run.report().path("report").asText()).isEqualTo("load");
    assertThat(run.report().path("exit").asInt()).isEqualTo(exit);
    assertThat(run.output()).doesNotContain("\tat ", SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "stage", "check", "publish", "discard", "status"})
  void everyCommandHasHelpWithAnExampleAndRefusesAnUnknownOption(String step) {
    LoadRun help = load(step, "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.output()).contains("Example:", "load " + step + " strava", "--warehouse=URL");
    assertFailed(load(step, "shop", "--wharehouse", "x"), 64, "--wharehouse", "--help");
    assertFailed(load(step), 64, "Missing required parameter: 'SOURCE'");
  }

  @Test
  void knowsItsVersionAndItsCommands() {
    assertThat(load("--version").output()).startsWith("load ");
    assertThat(load("--help").output()).contains("stage", "check", "publish", "status", "discard");
    assertThat(load().exit()).isEqualTo(64);
  }

  @Test
  void namesAMissingLakeOrWarehouse() {
    assertFailed(
        new Loading(folder).load("run", "strava"), 64, "--warehouse", "PACELINE_WAREHOUSE");
    String url = warehouse.url();
    assertFailed(
        new Loading(folder).load("run", "strava", "--warehouse", url), 64, "PACELINE_LAKE");
  }

  @Test
  void namesWhatIsWrongWithTls() {
    String unknown = warehouse.url() + "?sslmode=always";
    assertFailed(into(unknown), 78, "sslmode is \"always\"", "verify-full");
    assertFailed(load("run", "shop", "--warehouse", unknown), 64, "sslmode is \"always\"");
    assertFailed(
        into(warehouse.url() + "?sslrootcert=/ca.pem"), 78, "sslrootcert", "PACELINE_WAREHOUSE_CA");
    assertFailed(
        into("postgresql://me@db.example/w?sslmode=require"),
        78,
        "does not verify that the server is db.example",
        "correct PACELINE_WAREHOUSE: remove it, or set PACELINE_WAREHOUSE_UNVERIFIED=true");
  }

  @Test
  void acceptingAnyServerIsASetting() throws IOException {
    assertFailed(
        loading(lake("shop")).set("PACELINE_WAREHOUSE_UNVERIFIED", "yes").load("run", "shop"),
        78,
        "PACELINE_WAREHOUSE_UNVERIFIED \"yes\" is neither true nor false");
    assertFailed(
        load("run", "--warehouse-unverified=no", "shop"), 64, "\"no\" is neither true nor false");
    assertThat(load("run", "--warehouse-unverified", "shop").exit()).isZero();
    assertThat(load("run", "--warehouse-unverified", "true", "shop").exit()).isZero();
    Files.writeString(folder.resolve("paceline.yaml"), "warehouse_unverified: maybe\n");
    assertFailed(load("run", "shop"), 78, "warehouse_unverified in ", "neither true nor false");
  }

  @Test
  void refusesASchemaOfOpsWithoutAVersion() {
    assertThat(load("run", "shop").exit()).isZero();
    warehouse.execute("delete from ops.version");
    assertFailed(load("run", "shop"), 78, "ops.version has no row");
  }

  @Test
  void namesAnUnknownSource() {
    assertFailed(load("run", "weather"), 64, "\"weather\"");
    String token = "0123456789abcdef0123456789abcdef";
    assertThat(load("run", token).output()).contains("not shown").doesNotContain(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://me:" + SECRET + "@localhost/w",
        "postgresql://me:" + SECRET + "@my_host:5432/db",
        "postgresql://me:a@" + SECRET + "@localhost/w",
        "postgresql://me:a#" + SECRET + "@localhost/w",
        "postgresql://me:a/" + SECRET + "@localhost/w",
        "postgresql://me:a?" + SECRET + "@localhost/w",
        "postgresql://me@localhost/w?password=" + SECRET,
        "postgresql://me@localhost/w?sslPassword=" + SECRET
      })
  void aPasswordInTheUrlIsRefusedAndNotRepeated(String url) {
    assertFailed(into(url), 78, "it contains a password", "PACELINE_WAREHOUSE_PASSWORD");
    assertFailed(load("run", "shop", "--warehouse", url), 64, "it contains a password");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://localhost/w",
        "postgresql://me@localhost",
        "postgresql://me:" + SECRET,
        "mysql://me@localhost/w",
        "postgresql://me@localhost:99999/w",
        "postgresql://me@localhost/w?ssl=on",
        "postgresql://me@local host/w"
      })
  void anInvalidUrlShowsTheExpectedForm(String url) {
    assertFailed(into(url), 78, "Reading the warehouse's URL", "correct PACELINE_WAREHOUSE: ");
    assertFailed(
        load("run", "shop", "--warehouse", url),
        64,
        "Reading the warehouse's URL",
        "correct --warehouse: ");
  }

  @Test
  void anUnreachableWarehouseIsReportedImmediately() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertFailed(
        into("postgresql://me@127.0.0.1:%d/w".formatted(port)),
        69,
        "127.0.0.1:%d cannot be reached".formatted(port));
  }

  @Test
  void aMissingDatabaseIsAConfigurationError() {
    assertFailed(
        loading(lake("shop"))
            .set("PACELINE_WAREHOUSE", warehouse.urlOf("load_nowhere"))
            .load("run", "shop"),
        78,
        "there is no database \"load_nowhere\"");
  }

  @Test
  void aMissingPasswordFileIsAConfigurationError() {
    assertFailed(
        loading(lake("shop"))
            .set("PACELINE_WAREHOUSE_PASSWORD", "file:" + folder.resolve("none"))
            .load("run", "shop"),
        78,
        "PACELINE_WAREHOUSE_PASSWORD");
  }

  @Test
  void refusesAnOpsSchemaOfAnotherVersion() {
    assertThat(load("run", "shop").exit()).isZero();
    warehouse.execute("update ops.version set version = 7");
    for (String step : new String[] {"run", "check", "publish", "discard", "status"}) {
      assertFailed(load(step, "shop"), 78, "it has version 7, but this load needs version 2");
    }
  }

  @Test
  void anEmptyLakeHasNothingNew() {
    LoadRun run = load("run", "shop");
    assertThat(run.exit()).isZero();
    assertThat(run.report().path("status").asText()).isEqualTo("done");
    assertThat(warehouse.rows("select count(*) from ops.loads")).containsExactly("1");
  }
}
