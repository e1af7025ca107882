package dev.paceline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

final class CompressionTest {
  private static final String LISTING = "/api/v3/athlete/activities?per_page=100";

  @Test
  void compressesLongResponsesForClientsThatAcceptGzip() throws IOException {
    try (RunningSandbox sandbox = RunningSandbox.atNoon()) {
      HttpResponse<byte[]> listing = sandbox.compressed(LISTING);
      assertThat(encoding(listing)).isEqualTo("gzip");
      assertThat(unpacked(listing)).isEqualTo(sandbox.get(LISTING).body());
      assertThat(listing.body().length).isLessThan(sandbox.get(LISTING).body().length() / 2);
      assertThat(sandbox.get(LISTING).header("Content-Encoding")).isEmpty();
      assertThat(encoding(sandbox.compressed("/api/v3/athlete/zones"))).isEmpty();
    }
  }

  @Test
  void servesPreparedStreamsCompressed() throws IOException {
    try (RunningSandbox sandbox = RunningSandbox.atNoon("--stream-points", "1000")) {
      String path =
          "/api/v3/activities/%s/streams?key_by_type=true&keys="
              .formatted(
                  sandbox
                      .newestMatching(activity -> !activity.path("manual").booleanValue())
                      .path("id")
                      .asText());
      String all =
          path
              + "time,distance,latlng,altitude,velocity_smooth,heartrate,cadence,watts,temp,moving,grade_smooth";
      HttpResponse<byte[]> streams = sandbox.compressed(all);
      assertThat(encoding(streams)).isEqualTo("gzip");
      assertThat(unpacked(streams)).isEqualTo(sandbox.get(all).body());
    }
  }

  private static String encoding(HttpResponse<byte[]> response) {
    return response.headers().firstValue("Content-Encoding").orElse("");
  }

  private static String unpacked(HttpResponse<byte[]> response) throws IOException {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
