package dev.paceline.sandbox.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// A file that holds either the previous state or the new one, never a partial one. Because it
/// holds tokens, only its owner can read it.
public final class StateFile {
  private final Path path;

  public StateFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  public Optional<SavedState> read() {
    try {
      return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(path), SavedState.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw SandboxException.configuration(
          "The state file %s was not written by this sandbox (%s); choose another --state, or delete the file."
              .formatted(path, e.getOriginalMessage()));
    } catch (IOException e) {
      throw unusable("read", e);
    }
  }

  /// Writes the state at start-up. Throws a configuration error if the folder is not writable,
  /// before anything depends on it.
  public void writeFirst(SavedState state) {
    try {
      replace(state);
    } catch (IOException e) {
      throw unusable("written", e);
    }
  }

  void write(SavedState state) {
    try {
      replace(state);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing the state file " + path, e);
    }
  }

  private void replace(SavedState state) throws IOException {
    AtomicFile.replace(path, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
  }

  private SandboxException unusable(String verb, IOException e) {
    return SandboxException.configuration(
        "The state file %s cannot be %s (%s); choose a path in a writable folder."
            .formatted(path, verb, e.getMessage()));
  }
}
