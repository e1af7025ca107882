package dev.paceline.sandbox.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// A file that is either the state before or the state after, never half of one. It holds tokens:
/// its owner alone may read it.
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
          "The state file %s is not one that this sandbox wrote (%s); name another --state, or remove it."
              .formatted(path, e.getOriginalMessage()));
    } catch (IOException e) {
      throw unusable("read", e);
    }
  }

  /// Fails as configuration where the folder cannot be written to: at the start, before anything
  /// depends on it.
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

  private SandboxException unusable(String how, IOException e) {
    return SandboxException.configuration(
        "The state file %s cannot be %s (%s); name one in a folder that can be written to."
            .formatted(path, how, e.getMessage()));
  }
}
