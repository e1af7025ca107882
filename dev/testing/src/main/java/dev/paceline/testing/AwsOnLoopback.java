package dev.paceline.testing;

import java.util.Map;

/// Points the AWS SDK of this JVM at AWS on loopback, through the system properties that the SDK
/// reads besides the usual variables; [#close] clears them.
public final class AwsOnLoopback implements AutoCloseable {

  private final Map<String, String> properties;
  private final boolean enforcing;

  private AwsOnLoopback(String url, String keyId, String secretKey, boolean enforcing) {
    this.enforcing = enforcing;
    properties =
        Map.of(
            "aws.endpointUrl", url,
            "aws.region", "eu-west-1",
            "aws.accessKeyId", keyId,
            "aws.secretAccessKey", secretKey);
    properties.forEach(System::setProperty);
  }

  /// With all permissions.
  public static AwsOnLoopback open() {
    return new AwsOnLoopback(MotoServer.url(), "test", "test", false);
  }

  /// With only the given permissions, which are enforced until this is closed.
  ///
  /// @param actions e.g. `ssm:GetParameter`
  public static AwsOnLoopback allowing(String... actions) {
    MotoUser user = MotoUser.allowedTo(actions);
    MotoUser.enforcePermissions(true);
    return new AwsOnLoopback(MotoServer.url(), user.keyId(), user.secretKey(), true);
  }

  /// With an endpoint where nothing listens.
  public static AwsOnLoopback unreachable() {
    return new AwsOnLoopback("http://127.0.0.1:1", "test", "test", false);
  }

  @Override
  public void close() {
    properties.keySet().forEach(System::clearProperty);
    if (enforcing) {
      MotoUser.enforcePermissions(false);
    }
  }
}
