package dev.paceline.lake;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.lake.store.ObjectStore;
import dev.paceline.lake.store.Put;
import dev.paceline.lake.store.StoredObject;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// A store that is a lake, because it has `lake.json` with the lake's id. Only a writer creates a
/// lake; a reader of a wrong address finds none. The id tells one lake from another: it never
/// changes, and a copy of a lake has the same one.
public final class Lake {

  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final ObjectStore store;
  private final String id;

  private Lake(ObjectStore store, String id) {
    this.store = store;
    this.id = id;
  }

  /// The content of `lake.json`.
  private record Identity(String id) {}

  public ObjectStore store() {
    return store;
  }

  /// A UUID.
  public String id() {
    return id;
  }

  /// Opens a lake for reading, or fails (exit 78) if there is none.
  public static Lake open(ObjectStore store) {
    return find(store)
        .orElseThrow(() ->
            new Failure(
                Exit.CONFIGURATION,
                opening(store),
                "there is no lake at this address, because it has no " + LakeLayout.LAKE,
                "correct --lake; the first extract sync creates a lake"));
  }

  /// Opens a lake for reading; empty if there is none.
  public static Optional<Lake> find(ObjectStore store) {
    return store.read(LakeLayout.LAKE).map(stored -> new Lake(store, id(store, stored.body())));
  }

  /// Opens a lake for writing. If there is none, creates it: of several writers one does, and all
  /// of them get its id. Fails (exit 78) if the store cannot keep writers from overwriting each
  /// other.
  public static Lake openOrCreate(ObjectStore store) {
    byte[] identity = readOrCreate(store);
    Lake lake = new Lake(store, id(store, identity));
    ConditionProbe.run(store, opening(store), LakeLayout.LAKE, identity);
    return lake;
  }

  /// The content of `lake.json`, byte for byte.
  private static byte[] readOrCreate(ObjectStore store) {
    Optional<StoredObject> existing = store.read(LakeLayout.LAKE);
    if (existing.isPresent()) {
      return existing.get().body();
    }
    boolean isInUse = !store.folders(LakeLayout.LOGS).isEmpty();
    if (!isInUse) {
      byte[] identity = Json.bytes(new Identity(UUID.randomUUID().toString()));
      if (store.putIfAbsent(LakeLayout.LAKE, identity) instanceof Put.Stored) {
        return identity;
      }
    }
    return store
        .read(LakeLayout.LAKE) // another writer has created it
        .map(StoredObject::body)
        .orElseThrow(() -> lost(store));
  }

  private static String id(ObjectStore store, byte[] identity) {
    try {
      StrictJson json = StrictJson.parse(identity);
      String id = json.text("id", ID, "a UUID in lower case");
      json.end();
      return id;
    } catch (StrictJson.Unfit unfit) {
      throw new Failure(
          Exit.UNUSABLE,
          opening(store),
          "%s is damaged: %s".formatted(store.address(LakeLayout.LAKE), unfit.getMessage()),
          "restore that object from a backup or an older version, or write {\"id\":\"…\"} there"
              + " with the lake's own id",
          unfit);
    }
  }

  /// A new id would make it another lake, which no warehouse would continue.
  private static Failure lost(ObjectStore store) {
    return new Failure(
        Exit.UNUSABLE,
        opening(store),
        "%s cannot be found, although the lake is in use".formatted(store.address(LakeLayout.LAKE)),
        "restore that object from a backup or an older version, or write {\"id\":\"…\"} there"
            + " with the lake's own id");
  }

  private static String opening(ObjectStore store) {
    return "Opening the lake " + store.address("");
  }
}
