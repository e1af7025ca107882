package dev.paceline.extract.authorize;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The command that opens a browser: `PACELINE_BROWSER` or `BROWSER`, otherwise the system's
/// default. `%s` in it stands for the address, which otherwise comes last.
public record Browser(List<String> command) {

  private static final Logger LOG = LoggerFactory.getLogger(Browser.class);
  private static final String ADDRESS = "%s";

  public Browser {
    command = List.copyOf(command);
  }

  /// Chooses the command.
  ///
  /// @param system the operating system's name, as Java has it
  public static Browser of(Map<String, String> variables, String system) {
    return Stream.of(
            Optional.ofNullable(variables.get("PACELINE_BROWSER")),
            // May list several, separated as in PATH; the first is used.
            Optional.ofNullable(variables.get("BROWSER"))
                .map(list -> list.split(File.pathSeparator, 2)[0]))
        .flatMap(Optional::stream)
        .filter(words -> !words.isBlank())
        .findFirst()
        .map(words -> new Browser(List.of(words.strip().split("\\s+"))))
        .orElseGet(() -> ofSystem(system.toLowerCase(Locale.ROOT)));
  }

  private static Browser ofSystem(String system) {
    if (system.startsWith("mac")) {
      return new Browser(List.of("open"));
    }
    return new Browser(
        system.startsWith("windows")
            ? List.of("rundll32", "url.dll,FileProtocolHandler")
            : List.of("xdg-open"));
  }

  /// Starts the command and does not wait for it. If it fails, the user still has the address.
  void open(URI address) {
    List<String> words =
        command.contains(ADDRESS)
            ? command.stream()
                .map(word -> word.equals(ADDRESS) ? address.toString() : word)
                .toList()
            : Stream.concat(command.stream(), Stream.of(address.toString())).toList();
    ProcessBuilder process =
        new ProcessBuilder(words)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    process.environment().keySet().removeIf(name -> name.startsWith("PACELINE_")); // secrets
    try {
      process.start();
    } catch (IOException notStarted) {
      LOG.warn("{} does not start: open the address yourself.", command.getFirst());
    }
  }
}
