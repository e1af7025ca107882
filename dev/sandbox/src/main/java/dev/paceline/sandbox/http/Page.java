package dev.paceline.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Which page of a list is requested, by `page` from 1 and `per_page`.
record Page(long number, int size) {
  private static final int PER_PAGE = 30;
  private static final int MAX_PER_PAGE = 200;

  static Page of(Context context) {
    long number = Parameters.number(context, "page", 1);
    int size = size(context, "per_page");
    if (number < 1) {
      throw StravaException.badRequest("Application", "page", "invalid");
    }
    return new Page(number, size);
  }

  static int size(Context context, String name) {
    long size = Parameters.number(context, name, PER_PAGE);
    if (size > MAX_PER_PAGE) {
      throw StravaException.badRequest("Application", name.replace('_', ' '), "limit exceeded");
    }
    if (size < 1) {
      throw StravaException.badRequest("Application", name, "invalid");
    }
    return (int) size;
  }

  <T> List<T> of(List<T> all) {
    return all.subList(from(all.size()), until(all.size()));
  }

  /// The page of a list whose elements are created on demand.
  List<ObjectNode> of(int count, IntFunction<ObjectNode> nth) {
    return IntStream.range(from(count), until(count)).mapToObj(nth).toList();
  }

  private int from(int count) {
    return (int) Math.min(count, Math.min(number - 1, count) * size);
  }

  private int until(int count) {
    return Math.min(count, from(count) + size);
  }
}
