package dev.paceline.sandbox.http;

import dev.paceline.sandbox.world.EditService;
import dev.paceline.sandbox.world.EditedWorld;
import dev.paceline.sandbox.world.Json;
import dev.paceline.sandbox.world.SandboxException;
import dev.paceline.sandbox.world.SandboxState;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sandbox's HTTP server. [AccessControl] says who may call it.
public final class SandboxServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxServer.class);
  private final Javalin javalin;
  private final ListenAddress address;
  private final String serving;
  private final String controlKey;

  private SandboxServer(Javalin javalin, ListenAddress address, String serving, String controlKey) {
    this.javalin = javalin;
    this.address = address;
    this.serving = serving;
    this.controlKey = controlKey;
  }

  /// `prepared` holds the streams for a benchmark, or null if each activity has its own.
  public static SandboxServer start(
      ListenAddress address,
      EditedWorld world,
      SandboxState state,
      Limits limits,
      Application application,
      @Nullable PreparedStreams prepared) {
    RateLimits rateLimits = new RateLimits(limits, state.clock()::now);
    CallCounts calls = new CallCounts();
    FaultRules faults = new FaultRules();
    AccessControl access = new AccessControl(address);
    DateHeader date = new DateHeader(state.clock());
    AuthorizationEndpoint authorization = new AuthorizationEndpoint(application, world, state);
    EditService editService = new EditService(world, state);
    StravaApi api = new StravaApi(world, state, editService, rateLimits, calls, faults, prepared);
    Javalin javalin =
        Javalin.create(config -> {
          configure(config);
          RoutesConfig routes = config.routes;
          routes.before(date::put);
          access.addTo(routes);
          api.addTo(routes);
          authorization.addTo(routes);
          new OAuth(application, world, state, calls, faults).addTo(routes);
          new WorldControl(world, state, editService, api).addTo(routes);
          new CallControl(rateLimits, calls, faults, date).addTo(routes);
          new ConsentControl(world, state, authorization).addTo(routes);
          routes.error(404, context -> handleUnknownPath(context, rateLimits));
          routes.exception(Exception.class, SandboxServer::handleBug);
        });
    try {
      Javalin started = javalin.start(address.host(), address.port());
      return new SandboxServer(started, address, serving(world, state), access.key());
    } catch (JavalinBindException e) {
      throw SandboxException.unavailable(
          "Port %d of %s is already in use; give another --port, or 0 for a free one."
              .formatted(address.port(), address.host()));
    }
  }

  /// How a client on this machine reaches it.
  public String url() {
    return "http://" + address.ownName() + ":" + javalin.port();
  }

  /// What calls of the control API have to carry.
  public String controlKey() {
    return controlKey;
  }

  @Override
  public void close() {
    javalin.stop();
  }

  /// The line printed at start-up.
  @Override
  public String toString() {
    return url() + " serves " + serving;
  }

  private static String serving(EditedWorld world, SandboxState state) {
    int count = world.athletes().size();
    Instant held = state.clock().held();
    return "%d %s; the clock %s."
        .formatted(
            count,
            count == 1 ? "athlete" : "athletes",
            held == null ? "runs" : "is held at " + held);
  }

  /// Turns off the banner, Javalin's compression ([Payload] has its own) and the host's `Date`
  /// header (the sandbox sends its own).
  private static void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.modifyHttpConfiguration(http -> {
      http.setSendDateHeader(false);
      http.setSendServerVersion(false);
    });
  }

  /// An unknown path gets the same shape of response as its neighbours.
  private static void handleUnknownPath(Context context, RateLimits rateLimits) {
    if (Responses.isHandled(context)) {
      return;
    }
    if (context.path().startsWith("/control/")) {
      String sentence =
          "There is no %s %s; dev/sandbox/README.md lists the control API."
              .formatted(context.method(), context.path());
      Responses.json(context, 404, Json.object().put("error", sentence));
    } else {
      Responses.error(context, StravaException.noSuchPath());
      rateLimits.putHeaders(context);
    }
  }

  private static void handleBug(Exception e, Context context) {
    LOG.error("{} {} failed", context.method(), context.path(), e);
    Responses.json(context, 500, Json.object().put("message", "error"));
  }
}
