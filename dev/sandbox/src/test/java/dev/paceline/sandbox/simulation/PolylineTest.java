package dev.paceline.sandbox.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PolylineTest {
  private static final List<Polyline.Point> POINTS =
      List.of(
          new Polyline.Point(38.5, -120.2),
          new Polyline.Point(40.7, -120.95),
          new Polyline.Point(43.252, -126.453));
  private static final String ENCODED = "_p~iF~ps|U_ulLnnqC_mqNvxq`@";

  @Test
  void encodesTheExampleFromTheSpecification() {
    assertThat(Polyline.encode(POINTS)).isEqualTo(ENCODED);
    assertThat(Polyline.decode(ENCODED)).isEqualTo(POINTS);
  }

  @Test
  void rejectsAnIncompleteLine() {
    assertThatIllegalArgumentException().isThrownBy(() -> Polyline.decode("_p~iF~"));
  }
}
