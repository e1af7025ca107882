package dev.paceline.extract.listing;

import com.github.tomakehurst.wiremock.client.WireMock;
import dev.paceline.extract.api.ChildOf;
import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.api.StreamDescription.Conditions;
import dev.paceline.extract.api.StreamDescription.Endpoint;
import dev.paceline.extract.http.StubbedApi;
import dev.paceline.extract.record.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Streams of `/things` of a stubbed API.
abstract class ListingTestCase {

  final StubbedApi api = StubbedApi.begin();

  static StreamDescription things(Pagination pagination, @Nullable String records) {
    return stream(List.of("id"), Map.of("state", "all"), pagination, records);
  }

  static StreamDescription things(Pagination pagination) {
    return things(pagination, null);
  }

  static StreamDescription stream(
      List<String> key,
      Map<String, String> query,
      Pagination pagination,
      @Nullable String records) {
    Conditions always = new Conditions(false, null);
    if (key.isEmpty()) {
      ChildOf parents = new ChildOf("parents", List.of(), null, null, List.of());
      Endpoint parts = new Endpoint("/things/{id}/parts", query, records, pagination);
      return new StreamDescription.Child("things", key, parts, List.of(), parents, false, always);
    }
    Endpoint things = new Endpoint("/things", query, records, pagination);
    return new StreamDescription.Listing("things", key, things, List.of(), null, always);
  }

  Pages pages(StreamDescription stream) {
    return Pages.of(stream, "/things", Optional.empty(), api.client());
  }

  /// The next page, which there must be.
  static Pages.Page next(Pages pages) {
    return switch (pages.next()) {
      case Pages.Page page -> page;
      case Pages.Refused refused -> throw refused.failure();
      case Pages.End() -> throw new AssertionError("there is no further page");
    };
  }

  /// The keys of all records in their order.
  static List<String> keys(Pages pages) {
    List<String> keys = new ArrayList<>();
    Pages.Next next = pages.next();
    while (next instanceof Pages.Page page) {
      page.records().stream().map(SourceRecord::key).forEach(keys::add);
      next = pages.next();
    }
    if (next instanceof Pages.Refused refused) {
      throw refused.failure();
    }
    return keys;
  }

  static List<String> keysOf(long... ids) {
    return LongStream.of(ids).mapToObj("[%d]"::formatted).toList();
  }

  /// A JSON list of records with these ids.
  static String records(int... ids) {
    return IntStream.of(ids)
        .mapToObj("{\"id\":%d}"::formatted)
        .collect(Collectors.joining(",", "[", "]"));
  }

  /// Sets the responses of `/things` by the value of a parameter; an empty value means no
  /// parameter.
  void pages(String parameter, Map<String, String> byValue) {
    byValue.forEach((value, body) ->
        api.server()
            .stubFor(
                WireMock.get(WireMock.urlPathEqualTo("/things"))
                    .withQueryParam(
                        parameter, value.isEmpty() ? WireMock.absent() : WireMock.equalTo(value))
                    .willReturn(WireMock.okJson(body))));
  }
}
