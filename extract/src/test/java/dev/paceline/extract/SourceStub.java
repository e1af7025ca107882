package dev.paceline.extract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.paceline.lake.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A small Strava: one athlete's activities over real HTTP, with rotating tokens, a budget, and a
/// fault for the next call. There is one server per JVM; [#begin] resets it for a test.
final class SourceStub implements ResponseDefinitionTransformerV2 {

  private static @Nullable SourceStub shared;

  private final WireMockServer server =
      new WireMockServer(
          WireMockConfiguration.options()
              .bindAddress("127.0.0.1")
              .dynamicPort()
              .disableRequestJournal()
              .extensions(this));

  private final Map<Long, ObjectNode> activities = new TreeMap<>();
  private final List<Long> unlisted = new ArrayList<>();
  private final Map<String, String> documents = new TreeMap<>();
  private final Map<String, Integer> broken = new TreeMap<>();
  private final Set<String> disconnected = new TreeSet<>();
  private final Map<String, String> errors = new TreeMap<>();
  private final Deque<Function<Request, ResponseDefinitionBuilder>> faults = new ArrayDeque<>();
  private final List<String> calls = new ArrayList<>();
  private Runnable afterEachCall = () -> {};
  private Instant now = Instant.EPOCH;
  private long budget;
  private long perWindow;
  private long perDay;
  private long currentWindow;
  private int callsBeforeWindow;
  private long currentDay;
  private int callsBeforeDay;
  private final List<String> validTokens = new ArrayList<>();
  private int rotation;
  private int tokenCalls;
  private boolean revoked;
  private boolean ignoresPaging;
  private boolean open;
  private String tokenResponse = "";
  private String consent = "";
  private long athlete;
  private UnaryOperator<ResponseDefinitionBuilder> tokenTransport = UnaryOperator.identity();

  static synchronized SourceStub begin() {
    if (shared == null) {
      shared = new SourceStub();
      shared.server.start();
      shared.server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok()));
      Runtime.getRuntime().addShutdownHook(new Thread(shared.server::stop));
    }
    shared.reset();
    return shared;
  }

  private void reset() {
    activities.clear();
    unlisted.clear();
    documents.clear();
    broken.clear();
    disconnected.clear();
    errors.clear();
    respondsWith("/athlete", "{\"id\": 1001, \"firstname\": \"Anna\"}");
    respondsWith("/athlete/zones", "{\"heart_rate\": {\"custom_zones\": false}}");
    respondsWith("/athletes/1001/stats", "{\"all_run_totals\": {\"count\": 3}}");
    faults.clear();
    calls.clear();
    afterEachCall = () -> {};
    now = Instant.parse("2026-11-01T05:07:00Z");
    budget = 1_000_000;
    perWindow = 0;
    perDay = 100_000_000;
    currentWindow = 0;
    callsBeforeWindow = 0;
    currentDay = now.getEpochSecond() / 86_400;
    callsBeforeDay = 0;
    validTokens.clear();
    rotation = 0;
    tokenCalls = 0;
    revoked = false;
    ignoresPaging = false;
    open = false;
    tokenResponse = "";
    consent = "&code=code-1&scope=read,read_all,profile:read_all,activity:read_all";
    athlete = 1001;
    tokenTransport = UnaryOperator.identity();
  }

  String apiUrl() {
    return server.baseUrl() + "/api/v3";
  }

  String oauthUrl() {
    return server.baseUrl() + "/oauth";
  }

  void hasActivities(int count) {
    for (int i = 1; i <= count; i++) {
      hasActivity(i, Instant.parse("2026-01-01T06:00:00Z").plusSeconds(3_600L * i));
    }
  }

  ObjectNode hasActivity(long id, Instant start) {
    ObjectNode activity =
        Json.MAPPER
            .createObjectNode()
            .put("id", id)
            .put("name", "Morning Run 🏃")
            .put("start_date", start.toString())
            .put("distance", 5000.5);
    activities.put(id, activity);
    return activity;
  }

  /// Sets the response of a path.
  void respondsWith(String path, String json) {
    documents.put(path, json);
  }

  /// Sets the response of a path for one page number.
  void respondsWith(String path, int page, String json) {
    documents.put(path + "#" + page, json);
  }

  void hasGear(String id) {
    respondsWith("/gear/" + id, "{\"id\":\"%s\",\"name\":\"Gear %s\"}".formatted(id, id));
  }

  /// Makes a path fail permanently; status 0 repairs it.
  void breaks(String path, int status) {
    breaks(path, status, "{\"message\":\"error\"}");
  }

  /// Makes a path fail permanently, with this body.
  void breaks(String path, int status, String body) {
    broken.put(path, status);
    errors.put(path, body);
  }

  /// Closes the connection on every call to a path.
  void disconnects(String path) {
    disconnected.add(path);
  }

  /// Makes a path fail as if the token lacked a scope.
  void lacksScope(String path) {
    breaks(
        path,
        401,
        "{\"message\":\"Authorization Error\",\"errors\":[{\"resource\":\"AccessToken\","
            + "\"field\":\"read_all\",\"code\":\"missing\"}]}");
  }

  ObjectNode activity(long id) {
    return Optional.ofNullable(activities.get(id)).orElseThrow();
  }

  void deletes(long id) {
    activities.remove(id);
  }

  /// Hides an activity from listings; it can still be read by its id.
  void hides(long id) {
    unlisted.add(id);
  }

  void showsAll() {
    unlisted.clear();
  }

  void allows(long calls) {
    budget = calls;
  }

  /// Allows this many calls in each quarter-hour.
  void allowsPerWindow(long calls) {
    perWindow = calls;
  }

  /// Allows this many calls per day.
  void allowsPerDay(long calls) {
    perDay = calls;
  }

  /// A valid token of another athlete, with the same activities, that does not rotate.
  String tokenOf(String account) {
    validTokens.add("access-" + account);
    return "{\"access_token\":\"access-%s\",\"expires_at\":%d,\"refresh_token\":\"refresh-%s\"}"
        .formatted(account, now.plusSeconds(21_600).getEpochSecond(), account);
  }

  void revokes() {
    revoked = true;
  }

  /// Acts as if another run had renewed the token.
  void rotates() {
    rotation++;
  }

  /// Returns the first page, whatever page is requested.
  void ignoresPaging() {
    ignoresPaging = true;
  }

  /// Sets the response of the token endpoint, without a rotation; `access-0` is valid then.
  void returnsTokenResponse(String json) {
    tokenResponse = json;
  }

  /// Sets the parameters of the redirect from `/oauth/authorize`, except for its state.
  void consentsWith(String parameters) {
    consent = parameters;
  }

  /// Changes the responses of the token endpoint on their way; the token is rotated in any case.
  void sendsTokenResponsesThrough(UnaryOperator<ResponseDefinitionBuilder> transport) {
    tokenTransport = transport;
  }

  /// Sets the athlete who consents.
  void hasAthlete(long id) {
    athlete = id;
  }

  void needsNoToken() {
    open = true;
  }

  void setsClockTo(String time) {
    now = Instant.parse(time);
  }

  Instant now() {
    return now;
  }

  void advancesClockBy(Duration time) {
    now = now.plus(time);
  }

  /// Makes the next API call fail; several faults are used in turn.
  void failsWith(Function<Request, ResponseDefinitionBuilder> fault) {
    faults.add(fault);
  }

  void afterEachCall(Runnable action) {
    afterEachCall = action;
  }

  /// The API calls so far, by path.
  List<String> calls(String path) {
    return calls.stream().filter(call -> call.startsWith("/api/v3" + path)).toList();
  }

  /// The calls of the token endpoint so far.
  int tokenCalls() {
    return tokenCalls;
  }

  /// Waits, during a call, until the token endpoint was called so often; other calls are answered
  /// meanwhile.
  synchronized void awaitTokenCalls(int number) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    try {
      while (tokenCalls < number && System.nanoTime() < deadline) {
        wait(1_000);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// The valid refresh token.
  String refreshToken() {
    return "refresh-" + rotation;
  }

  @Override
  public String getName() {
    return "source";
  }

  @Override
  public boolean applyGlobally() {
    return true;
  }

  @Override
  public synchronized ResponseDefinition transform(ServeEvent event) {
    Request request = event.getRequest();
    boolean isTimeRequest = request.getMethod().equals(RequestMethod.HEAD);
    ResponseDefinitionBuilder response =
        isTimeRequest
            ? WireMock.notFound()
            : switch (request.getUrl().replaceAll("\\?.*", "")) {
              case "/oauth/authorize" -> authorize(request);
              case "/oauth/token" -> {
                tokenCalls++;
                notifyAll();
                yield token(request);
              }
              default -> api(request);
            };
    if (!isTimeRequest) {
      afterEachCall.run();
    }
    return response
        .withHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC)))
        .build();
  }

  private ResponseDefinitionBuilder authorize(Request request) {
    String back = request.queryParameter("redirect_uri").firstValue();
    String state = request.queryParameter("state").firstValue();
    String parameters = consent.contains("state=") ? "" : "state=" + state;
    return WireMock.temporaryRedirect(back + "?" + parameters + consent);
  }

  private ResponseDefinitionBuilder token(Request request) {
    List<String> form = List.of(request.getBodyAsString().split("&", -1));
    if (!form.contains("client_secret=app-secret")) {
      return error(400, "Application", "client_id");
    }
    boolean consented = form.contains("grant_type=authorization_code");
    if (consented && !form.contains("code=code-1")) {
      return error(400, "RequestToken", "code");
    }
    if (!consented && (revoked || !form.contains("refresh_token=" + refreshToken()))) {
      return error(400, "RefreshToken", "refresh_token");
    }
    if (!tokenResponse.isEmpty()) {
      return WireMock.okJson(tokenResponse);
    }
    rotation++;
    ObjectNode token =
        Json.MAPPER
            .createObjectNode()
            .put("token_type", "Bearer")
            .put("access_token", "access-" + rotation)
            .put("refresh_token", refreshToken())
            .put("expires_at", now.plusSeconds(21_600).getEpochSecond())
            .put("expires_in", 21_600);
    if (consented) {
      token.putObject("athlete").put("id", athlete).put("firstname", "Anna");
    }
    return tokenTransport.apply(WireMock.okJson(token.toString()));
  }

  private ResponseDefinitionBuilder api(Request request) {
    calls.add(request.getUrl());
    if (!faults.isEmpty()) {
      return faults.removeFirst().apply(request);
    }
    String bearer = String.valueOf(request.getHeader("Authorization")).replace("Bearer ", "");
    if (!open && !bearer.equals("access-" + rotation) && !validTokens.contains(bearer)) {
      return error(401, "Application", "");
    }
    startWindow();
    if (usedInWindow() > limit() || usedInDay() > perDay) {
      return limited(WireMock.aResponse().withStatus(429));
    }
    String path = request.getUrl().replaceAll("\\?.*", "").substring("/api/v3".length());
    if (disconnected.contains(path)) {
      return WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
    }
    int brokenAs = broken.getOrDefault(path, 0);
    if (brokenAs > 0) {
      return limited(WireMock.jsonResponse(errors.get(path), brokenAs));
    }
    String numbered = path + "#" + number(request, "page", 1);
    if (documents.containsKey(numbered)) {
      return limited(WireMock.okJson(documents.get(numbered)));
    }
    if (documents.containsKey(path)) {
      return limited(WireMock.okJson(documents.get(path)));
    }
    if (path.equals("/athlete/activities")) {
      return limited(WireMock.okJson(list(request)));
    }
    String id = path.replaceAll("^/activities/(\\d+)(/streams)?$", "$1");
    ObjectNode found = id.equals(path) ? null : activities.get(Long.parseLong(id));
    if (found == null) {
      return limited(error(404, "Activity", "id"));
    }
    return limited(WireMock.okJson(path.endsWith("/streams") ? streams(found) : detail(found)));
  }

  private static String detail(ObjectNode activity) {
    return activity.deepCopy().put("description", "of " + activity.path("id")).toString();
  }

  private static String streams(ObjectNode activity) {
    return "{\"distance\": {\"data\": [0.0, %s]}}".formatted(activity.path("distance"));
  }

  private String list(Request request) {
    long before = ignoresPaging ? Long.MAX_VALUE : number(request, "before", Long.MAX_VALUE);
    int size = (int) number(request, "per_page", 30);
    long page = ignoresPaging ? 1 : number(request, "page", 1);
    return activities.values().stream()
        .filter(activity -> !unlisted.contains(activity.path("id").asLong()))
        .filter(activity -> start(activity) < before)
        .sorted(Comparator.<ObjectNode>comparingLong(SourceStub::start).reversed())
        .skip((page - 1) * size)
        .limit(size)
        .map(JsonNode::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static long start(JsonNode activity) {
    if (!activity.has("start_date")) {
      return 0;
    }
    return Instant.parse(activity.path("start_date").asText()).getEpochSecond();
  }

  private static long number(Request request, String parameter, long fallback) {
    return request.queryParameter(parameter).isPresent()
        ? Long.parseLong(request.queryParameter(parameter).firstValue())
        : fallback;
  }

  private ResponseDefinitionBuilder limited(ResponseDefinitionBuilder response) {
    String limit = String.format(Locale.ROOT, "%d,%d", limit(), perDay);
    String usage = String.format(Locale.ROOT, "%d,%d", usedInWindow(), usedInDay());
    return response
        .withHeader("X-RateLimit-Limit", limit)
        .withHeader("x-ratelimit-usage", usage)
        .withHeader("X-ReadRateLimit-Limit", limit)
        .withHeader("X-ReadRateLimit-Usage", usage);
  }

  private long limit() {
    return perWindow > 0 ? perWindow : budget;
  }

  private int usedInWindow() {
    return calls.size() - callsBeforeWindow;
  }

  private int usedInDay() {
    return calls.size() - callsBeforeDay;
  }

  private void startWindow() {
    long day = now.getEpochSecond() / 86_400;
    if (day != currentDay) {
      currentDay = day;
      callsBeforeDay = calls.size() - 1;
    }
    long window = now.getEpochSecond() / 900;
    if (perWindow > 0 && window != currentWindow) {
      currentWindow = window;
      callsBeforeWindow = calls.size() - 1;
    }
  }

  private static ResponseDefinitionBuilder error(int status, String resource, String field) {
    return WireMock.jsonResponse(
        "{\"message\":\"Error\",\"errors\":[{\"resource\":\"%s\",\"field\":\"%s\",\"code\":\"invalid\"}]}"
            .formatted(resource, field),
        status);
  }
}
