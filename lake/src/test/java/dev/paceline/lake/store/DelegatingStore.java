package dev.paceline.lake.store;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// A store in front of another, for tests that change one of its methods.
public class DelegatingStore implements ObjectStore {

  private final ObjectStore inner;

  public DelegatingStore(ObjectStore inner) {
    this.inner = inner;
  }

  @Override
  public Put putIfAbsent(String key, byte[] body) {
    return inner.putIfAbsent(key, body);
  }

  @Override
  public Optional<StoredObject> read(String key) {
    return inner.read(key);
  }

  @Override
  public InputStream open(String key) {
    return inner.open(key);
  }

  @Override
  public Put putIfMatch(String key, byte[] body, String etag) {
    return inner.putIfMatch(key, body, etag);
  }

  @Override
  public void put(String key, Body body) {
    inner.put(key, body);
  }

  @Override
  public boolean deleteIfMatch(String key, String etag) {
    return inner.deleteIfMatch(key, etag);
  }

  @Override
  public List<String> list(String prefix, String after) {
    return inner.list(prefix, after);
  }

  @Override
  public List<String> folders(String prefix) {
    return inner.folders(prefix);
  }

  @Override
  public String address(String key) {
    return inner.address(key);
  }

  @Override
  public void close() {}
}
