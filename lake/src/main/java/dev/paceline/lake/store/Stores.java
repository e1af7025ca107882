package dev.paceline.lake.store;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.Quoted;
import dev.paceline.cli.failure.Redacted;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Opens the store for a lake's URI.
public final class Stores {

  private static final String FORMS = "give file:///dir or s3://bucket/prefix";

  private Stores() {}

  /// Opens a store, and creates nothing: a missing folder comes into being with the first write, a
  /// missing bucket never.
  ///
  /// @param uri `file:///dir` or `s3://bucket/prefix`
  /// @param environment where `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_S3` are looked up
  public static ObjectStore open(String uri, Map<String, String> environment) {
    URI parsed = parse(uri);
    String path = parsed.getPath() == null ? "" : parsed.getPath();
    if ("file".equals(parsed.getScheme()) && hasNoHost(parsed) && path.length() > 1) {
      return new FileStore(folder(uri, path));
    }
    if ("s3".equals(parsed.getScheme()) && isBucket(parsed.getAuthority())) {
      String bucket = parsed.getAuthority();
      return new S3Store(S3Clients.connect(bucket, hasEndpoint(environment)), bucket, prefix(path));
    }
    throw refused(uri, null);
  }

  private static Path folder(String uri, String path) {
    try {
      return Path.of(path);
    } catch (InvalidPathException malformed) {
      throw refused(uri, malformed);
    }
  }

  private static URI parse(String uri) {
    try {
      return new URI(uri);
    } catch (URISyntaxException malformed) {
      throw refused(uri, malformed);
    }
  }

  private static Failure refused(String uri, @Nullable Throwable cause) {
    String doing = "Opening the lake " + Quoted.of(Redacted.address(uri));
    return cause == null
        ? new Failure(Exit.USAGE, doing, "this is not the address of a lake", FORMS)
        : new Failure(Exit.USAGE, doing, "this is not a valid URI", FORMS, cause);
  }

  private static boolean hasNoHost(URI uri) {
    return uri.getAuthority() == null || uri.getAuthority().isEmpty();
  }

  private static boolean isBucket(@Nullable String authority) {
    return authority != null && authority.matches("[a-z0-9][a-z0-9.-]{1,62}");
  }

  private static String prefix(String path) {
    String inner = path.replaceAll("^/+|/+$", "");
    return inner.isEmpty() ? "" : inner + "/";
  }

  private static boolean hasEndpoint(Map<String, String> environment) {
    return environment.containsKey("AWS_ENDPOINT_URL")
        || environment.containsKey("AWS_ENDPOINT_URL_S3");
  }
}
