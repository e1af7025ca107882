package dev.paceline.extract.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One kind of record of a source, and how it is read.
public sealed interface StreamDescription {

  /// `{athlete.id}`: a member of the one record of another stream.
  Pattern REFERENCE = Pattern.compile("\\{([a-z0-9_]+)\\.([A-Za-z0-9_]+)}");

  String name();

  /// The members that identify a record within an account; empty for a child that uses the key of
  /// its parent's record.
  List<String> key();

  Endpoint endpoint();

  /// Members whose change alone causes no other stream to be read again, e.g. counters;
  /// `bikes.distance` for the `distance` of each element of `bikes`.
  List<String> volatileMembers();

  Conditions conditions();

  /// The streams without which this one cannot be read.
  Set<String> needs();

  /// Relative to the API's URL. `{id}` stands for the member `id` of the key; in a listing
  /// `{athlete.id}` for the member `id` of the one record of the stream `athlete`.
  default String path() {
    return endpoint().path();
  }

  default Map<String, String> query() {
    return endpoint().query();
  }

  default Pagination pagination() {
    return endpoint().pagination();
  }

  /// Whether it is only read on request.
  default boolean isOptional() {
    return conditions().optional();
  }

  /// The scope that a token needs, as far as api.yaml says.
  default Optional<String> scope() {
    return Optional.ofNullable(conditions().scope());
  }

  /// Whether one response contains one record.
  default boolean isOneRecord() {
    return this instanceof Listing && pagination() instanceof Pagination.None;
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static StreamDescription of(StreamEntry entry) {
    return entry.toStream();
  }

  /// What is called, and how its responses are divided.
  ///
  /// @param query the parameters of every call
  /// @param records where the records are in a response, as a JSON pointer; absent for the whole
  ///   response
  record Endpoint(
      String path, Map<String, String> query, @Nullable String records, Pagination pagination) {

    public Endpoint {
      query = Map.copyOf(query);
    }

    Set<String> references() {
      Set<String> names = new TreeSet<>();
      REFERENCE.matcher(path).results().forEach(found -> names.add(found.group(1)));
      return names;
    }
  }

  /// When a stream is read at all.
  ///
  /// @param optional true if it is only read on request
  /// @param scope the scope that a token needs; absent if api.yaml does not say
  record Conditions(boolean optional, @Nullable String scope) {}

  /// A stream that is listed completely in every run.
  ///
  /// @param gone how to decide that a key missing from a complete listing was deleted; absent if a
  ///   missing key means nothing
  record Listing(
      String name,
      List<String> key,
      Endpoint endpoint,
      List<String> volatileMembers,
      @Nullable DeletionRule gone,
      Conditions conditions)
      implements StreamDescription {

    public Listing {
      key = List.copyOf(key);
      volatileMembers = List.copyOf(volatileMembers);
    }

    public Optional<DeletionRule> deletionRule() {
      return Optional.ofNullable(gone);
    }

    @Override
    public Set<String> needs() {
      return endpoint.references();
    }
  }

  /// A stream that is read by a call for each record of a parent stream, or for each id found in
  /// records; the parent may itself be a child.
  ///
  /// @param of what it is read for, and when again
  /// @param verified whether it is read again from time to time, for edits that no listing shows
  record Child(
      String name,
      List<String> key,
      Endpoint endpoint,
      List<String> volatileMembers,
      ChildOf of,
      boolean verified,
      Conditions conditions)
      implements StreamDescription {

    public Child {
      key = List.copyOf(key);
      volatileMembers = List.copyOf(volatileMembers);
    }

    /// Whether its response is a list of records rather than one record.
    public boolean isList() {
      return of.countedBy().isPresent() || !(pagination() instanceof Pagination.None);
    }

    @Override
    public Set<String> needs() {
      Set<String> needed = endpoint.references();
      needed.add(of.of());
      of.values().forEach(value -> needed.add(value.stream()));
      return needed;
    }
  }

  /// Decides whether a missing key was deleted.
  ///
  /// @param path a path whose 404 confirms the deletion; absent if the listing alone is sufficient
  record DeletionRule(@Nullable String path) {

    public Optional<String> confirmationPath() {
      return Optional.ofNullable(path);
    }
  }
}
