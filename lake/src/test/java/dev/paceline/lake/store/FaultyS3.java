package dev.paceline.lake.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paceline.testing.MotoServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/// moto's S3 behind a proxy that refuses requests or removes headers from them, with an empty
/// bucket.
public final class FaultyS3 implements AutoCloseable {

  /// Those that an HTTP client sets itself.
  private static final Set<String> OWN_HEADERS =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient behind = HttpClient.newHttpClient();
  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Refusal refusal;
  private final Set<String> ignored = ConcurrentHashMap.newKeySet();
  private final List<String> methods = new CopyOnWriteArrayList<>();
  private final S3Client client;
  private final String bucket = "lake-" + UUID.randomUUID();

  private record Refusal(int status, String code, String message) {
    byte[] xml() {
      return "<Error><Code>%s</Code><Message>%s</Message></Error>"
          .formatted(code, message)
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  public FaultyS3() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    client = TestStore.s3("http://127.0.0.1:" + server.getAddress().getPort());
    client.createBucket(request -> request.bucket(bucket));
    methods.clear();
  }

  /// A store in the bucket; closing it has no effect.
  public ObjectStore store() {
    return new S3Store(client, bucket, "");
  }

  S3Client client() {
    return client;
  }

  String bucket() {
    return bucket;
  }

  /// Refuses the next request.
  void refuse(int status, String code, String message) {
    refusals.add(new Refusal(status, code, message));
  }

  /// Refuses every request from now on.
  void refuseAll(int status, String code, String message) {
    refusal = new Refusal(status, code, message);
  }

  /// Ignores a header of every request, as a store does that does not know it.
  public void ignore(String header) {
    ignored.add(header.toLowerCase(Locale.ROOT));
  }

  /// The methods of all requests so far, in order.
  public List<String> methods() {
    return List.copyOf(methods);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      methods.add(exchange.getRequestMethod());
      Refusal next = refusals.isEmpty() ? refusal : refusals.poll();
      if (next != null) {
        send(exchange, next.status(), next.xml());
        return;
      }
      HttpResponse<InputStream> response = forward(exchange, body);
      response
          .headers()
          .map()
          .forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!OWN_HEADERS.contains(lower)) {
              exchange.getResponseHeaders().put(name, values);
            }
          });
      send(exchange, response.statusCode(), response.body().readAllBytes());
    }
  }

  private HttpResponse<InputStream> forward(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(MotoServer.url() + exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!OWN_HEADERS.contains(lower) && !ignored.contains(lower)) {
            values.forEach(value -> request.header(name, value));
          }
        });
    try {
      return behind.send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    client.close();
    server.stop(0);
    threads.close();
    behind.close();
  }
}
