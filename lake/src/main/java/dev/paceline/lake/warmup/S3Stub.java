package dev.paceline.lake.warmup;

import dev.paceline.lake.warmup.HttpStub.Request;
import dev.paceline.lake.warmup.HttpStub.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// S3 in memory: one bucket, whole objects, conditional writes, listings of one page. While it is
/// open, this process's SDK calls it.
public final class S3Stub implements AutoCloseable {

  public static final String LAKE = "s3://warm-up/lake";

  private static final String BUCKET = "/warm-up/";
  private static final String DATE = "Sat, 31 Oct 2026 05:00:00 GMT";

  private final TreeMap<String, byte[]> objects = new TreeMap<>();
  private final Map<String, Optional<String>> properties = new HashMap<>();
  private final HttpStub server;

  private S3Stub() throws IOException {
    server = HttpStub.start(this::handle);
  }

  public static S3Stub start() throws IOException {
    S3Stub stub = new S3Stub();
    stub.set("aws.endpointUrlS3", stub.address());
    stub.set("aws.region", "eu-west-1");
    stub.set("aws.accessKeyId", "warm-up");
    stub.set("aws.secretAccessKey", "warm-up");
    return stub;
  }

  /// The variables with which [dev.paceline.lake.store.Stores] finds it.
  public Map<String, String> variables() {
    return Map.of("AWS_ENDPOINT_URL_S3", address());
  }

  private String address() {
    return server.address().toString();
  }

  private void set(String property, String value) {
    properties.put(property, Optional.ofNullable(System.getProperty(property)));
    System.setProperty(property, value);
  }

  private synchronized Response handle(Request request) {
    Map<String, String> query = query(request.target().getRawQuery());
    String key = request.target().getPath().replaceFirst("^" + BUCKET, "");
    return switch (request.method()) {
      case "GET" -> query.containsKey("list-type") ? list(query) : get(key);
      case "PUT" -> conditional(request, key).orElseGet(() -> put(request, key));
      case "DELETE" -> conditional(request, key).orElseGet(() -> delete(key));
      default -> error(501, "NotImplemented");
    };
  }

  private Response get(String key) {
    byte[] body = objects.get(key);
    return body == null
        ? error(404, "NoSuchKey")
        : new Response(200, Map.of("ETag", etag(body), "Last-Modified", DATE), body);
  }

  /// The refusal of a write whose condition does not hold.
  private Optional<Response> conditional(Request request, String key) {
    Optional<String> existing = Optional.ofNullable(objects.get(key)).map(S3Stub::etag);
    String match = request.headers().get("if-match");
    if (match != null && existing.isEmpty()) {
      return Optional.of(error(404, "NoSuchKey"));
    }
    boolean holds =
        match == null
            ? existing.isEmpty() || !request.headers().containsKey("if-none-match")
            : existing.equals(Optional.of(match));
    return holds ? Optional.empty() : Optional.of(error(412, "PreconditionFailed"));
  }

  private Response put(Request request, String key) {
    boolean chunked = request.headers().containsKey("x-amz-decoded-content-length");
    byte[] body = chunked ? decoded(request.body()) : request.body();
    objects.put(key, body);
    return new Response(200, Map.of("ETag", etag(body)), new byte[0]);
  }

  private Response delete(String key) {
    objects.remove(key);
    return Response.of(204, "");
  }

  private Response list(Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    boolean folders = query.containsKey("delimiter");
    TreeSet<String> found =
        objects.tailMap(query.getOrDefault("start-after", ""), false).keySet().stream()
            .filter(key -> key.startsWith(prefix))
            .map(key -> folders ? key.substring(0, key.indexOf('/', prefix.length()) + 1) : key)
            .collect(Collectors.toCollection(TreeSet::new));
    String entry =
        folders
            ? "<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>"
            : "<Contents><Key>%s</Key></Contents>";
    return Response.of(
        200,
        found.stream()
            .map(entry::formatted)
            .collect(Collectors.joining("", "<ListBucketResult>", "</ListBucketResult>")));
  }

  /// The content of a body in `aws-chunked` encoding: chunks with their sizes, then a checksum.
  private static byte[] decoded(byte[] body) {
    try (ByteArrayInputStream in = new ByteArrayInputStream(body)) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
        content.write(in.readNBytes(size));
        HttpStub.line(in);
      }
      return content.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static int chunkSize(ByteArrayInputStream in) throws IOException {
    return Integer.parseInt(HttpStub.line(in).replaceFirst(";.*", ""), 16);
  }

  private static String etag(byte[] body) {
    return "\"%032x\"".formatted(Arrays.hashCode(body));
  }

  private static Response error(int status, String code) {
    return Response.of(status, "<Error><Code>%s</Code></Error>".formatted(code));
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[parts.length - 1], StandardCharsets.UTF_8));
    }
    return query;
  }

  @Override
  public void close() throws IOException {
    properties.forEach((name, before) ->
        before.ifPresentOrElse(
            value -> System.setProperty(name, value), () -> System.clearProperty(name)));
    server.close();
  }
}
