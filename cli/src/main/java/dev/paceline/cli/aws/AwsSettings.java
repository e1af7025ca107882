package dev.paceline.cli.aws;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.FirstLine;
import dev.paceline.cli.failure.HttpAddress;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The settings that AWS's SDK reads on its own, from the environment, Java's system properties and
/// the files of profiles.
public final class AwsSettings {

  private static final String ENDPOINT = "AWS_ENDPOINT_URL";

  private AwsSettings() {}

  /// Makes a client. Whatever the SDK objects to at this point is a setting (exit 78).
  ///
  /// @param service as in the names of the variables, e.g. `SSM`, `SECRETS_MANAGER`
  /// @param client makes it
  public static <C> C connect(String service, Supplier<C> client) {
    String doing = "Connecting to AWS (%s)".formatted(service.replace('_', ' '));
    String variable = ENDPOINT + "_" + service;
    ensureAddress(doing, variable, System.getenv(variable));
    ensureAddress(doing, ENDPOINT, System.getenv(ENDPOINT));
    Stream.of(property(variable), property(ENDPOINT))
        .forEach(name -> ensureAddress(doing, name, System.getProperty(name)));
    try {
      return client.get();
    } catch (Failure known) {
      throw known;
    } catch (RuntimeException unusable) {
      throw new Failure(
          Exit.CONFIGURATION,
          doing,
          "the AWS SDK cannot use these settings (%s)".formatted(FirstLine.of(unusable)),
          "correct the variable that begins with AWS_, or the profile that AWS_PROFILE names",
          unusable);
    }
  }

  private static void ensureAddress(String doing, String name, @Nullable String value) {
    if (value != null && HttpAddress.parse(value).isEmpty()) {
      throw new Failure(
          Exit.CONFIGURATION,
          doing,
          "%s is not the address of a server".formatted(name),
          "give %s, or unset it".formatted(HttpAddress.FORM));
    }
  }

  /// `AWS_ENDPOINT_URL_S3` as a system property: `aws.endpointUrlS3`.
  private static String property(String variable) {
    String[] words = variable.split("_", -1);
    StringBuilder name = new StringBuilder("aws.endpoint");
    Stream.of(words)
        .skip(2)
        .forEach(
            word -> name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT)));
    return name.toString();
  }
}
