package dev.paceline.extract.api;

import static dev.paceline.extract.api.ApiDescription.require;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One kind of record of a source, and how it is read.
///
/// @param path below the API's URL
/// @param key the members that identify a record within an account
/// @param gone how a key that a whole listing lacks is confirmed to be gone; absent where keys that
///   a listing lacks mean nothing
public record StreamDescription(
    String name, String path, List<String> key, Pagination pagination, @Nullable Gone gone) {

  public StreamDescription {
    require(name, "name");
    require(path, "path");
    key = List.copyOf(require(key, "key"));
    require(pagination, "pagination");
    if (key.isEmpty()) {
      throw new IllegalArgumentException("the key of the stream %s is empty".formatted(name));
    }
  }

  public Optional<Gone> whenGone() {
    return Optional.ofNullable(gone);
  }

  /// A path whose 404 proves that a key is gone; `{id}` stands for the member `id` of the key.
  public record Gone(String path) {
    public Gone {
      require(path, "path");
    }
  }
}
