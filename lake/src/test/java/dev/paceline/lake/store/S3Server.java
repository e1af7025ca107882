package dev.paceline.lake.store;

import dev.paceline.testing.MotoServer;
import java.net.URI;

/// The S3 server that the tests run on, and how to sign in: moto, or the one that
/// `PACELINE_TEST_S3=http://keyId:secretKey@host:port` names. Each test makes a bucket of its own.
record S3Server(URI url, String keyId, String secretKey) {

  private static final String CHOICE = "PACELINE_TEST_S3";

  static S3Server chosen() {
    String choice = System.getenv(CHOICE);
    return choice == null
        ? new S3Server(URI.create(MotoServer.url()), "test", "test")
        : parse(URI.create(choice));
  }

  private static S3Server parse(URI choice) {
    String user = choice.getUserInfo();
    if (user == null || user.indexOf(':') < 0 || choice.getHost() == null) {
      throw new IllegalStateException(CHOICE + " is not http://keyId:secretKey@host:port");
    }
    int colon = user.indexOf(':');
    String url = "%s://%s:%d".formatted(choice.getScheme(), choice.getHost(), choice.getPort());
    return new S3Server(URI.create(url), user.substring(0, colon), user.substring(colon + 1));
  }
}
