package dev.paceline.cli.aws;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/// The region that requests are signed for, also those to another server with AWS's API. It is set
/// or it is missing: a wrong guess would be denied as if the credentials were wrong.
public final class AwsRegion {

  private AwsRegion() {}

  /// The region that is set, or a failure (exit 78).
  ///
  /// @param doing what needs it, for the message
  public static Region get(String doing) {
    return get(doing, DefaultAwsRegionProviderChain.builder().build());
  }

  static Region get(String doing, AwsRegionProvider provider) {
    try {
      return provider.getRegion();
    } catch (SdkClientException noRegion) {
      throw new Failure(
          Exit.CONFIGURATION,
          doing,
          "no AWS region is set",
          "set AWS_REGION, or a region in the profile that AWS_PROFILE names",
          noRegion);
    }
  }
}
