package dev.paceline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.lake.LakeLayout;
import dev.paceline.lake.log.RecordLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `extract sync` as a separate process with the heap of dev/java.options reads the largest page
/// and the largest records, whatever they consist of.
class HeapTest extends ToyTestCase {

  private static final String[] OPTIONS = {"-Xmx128m", "-XX:+UseSerialGC"};

  @Test
  void carriesAPageOfTwoLongestRecordsAndRebuildsTheState() throws Exception {
    variables.put("PACELINE_ORDERS_API_URL", toy.url() + "/v2");
    variables.put("PACELINE_ORDERS_API_KEY", "key-of-the-shop");
    respondsWith(
        "/v2/orders?limit=2&state=all",
        WireMock.okJson(
            "{\"data\":{\"items\":[%s,%s]},\"meta\":{}}"
                .formatted(longest(1, "1.5,"), longest(2, "{},"))));
    toy.server()
        .stubFor(
            WireMock.get(WireMock.urlPathMatching("/v2/orders/.*/lines"))
                .willReturn(
                    WireMock.okJson("{\"data\":{\"items\":[%s]}}".formatted(longest(3, "[],")))));

    assertThat(syncInSmallHeap()).isZero();

    assertThat(log("orders", "default").getFirst().rows()).isEqualTo(4);

    Files.delete(folder.resolve("lake").resolve(LakeLayout.state("orders", "default")));
    assertThat(syncInSmallHeap()).isZero();
    assertThat(log("orders", "default")).as("nothing has changed").hasSize(1);
  }

  private int syncInSmallHeap() throws IOException, InterruptedException {
    variables.put("JAVA_TOOL_OPTIONS", String.join(" ", OPTIONS));
    Process process = begin("sync", "orders", "--sources", toys().toString());
    int exit = process.waitFor();
    assertThat(Files.readString(Path.of(folder.toString(), "output")))
        .doesNotContain("OutOfMemoryError");
    return exit;
  }

  private static String longest(int number, String element) {
    String begin = "{\"shop\":\"a\",\"number\":%d,\"x\":[".formatted(number);
    int elements = (RecordLimits.RECORD_BYTES - begin.length() - 10) / element.length();
    return begin + element.repeat(elements) + "0]}";
  }
}
