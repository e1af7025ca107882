package dev.paceline.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactedTest {

  @ParameterizedTest
  @CsvSource({
    "https://host/path, https://host/path",
    "https://me:hush@host/path, https://***@host/path",
    "https://me:a/b@c@host, https://***@host",
    "s3://KEY:SECRET@bucket, s3://***@bucket",
    "me:hush@host, ***@host",
    "https://host/path?token=hush, https://host/path?***"
  })
  void keepsOnlyWhatIsSafeToPrint(String address, String redacted) {
    assertThat(Redacted.address(address)).isEqualTo(redacted);
  }
}
