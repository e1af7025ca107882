package dev.paceline.lake.cli;

import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import dev.paceline.lake.run.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/// A command line whose every end is one of [Exit], whose errors are one sentence, and whose last
/// line is the run's report.
public final class Cli {

  private static final Logger LOG = LoggerFactory.getLogger(Cli.class);

  private final Environment environment;

  private Cli(Environment environment) {
    this.environment = environment;
  }

  /// Makes the command line of a root command.
  ///
  /// @param root the command's object
  /// @param subcommands its subcommands' objects, each with its name in its annotation
  public static CommandLine commandLine(
      Object root, Environment environment, Object... subcommands) {
    Cli cli = new Cli(environment);
    CommandLine line = new CommandLine(root);
    for (Object subcommand : subcommands) {
      line.addSubcommand(subcommand);
    }
    line.addSubcommand("generate-completion", new GenerateCompletion());
    line.setUsageHelpWidth(100);
    line.setDefaultValueProvider(new SettingsDefaults(environment));
    line.setOut(new PrintWriter(environment.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(environment.err(), true, StandardCharsets.UTF_8));
    line.setExecutionStrategy(cli::run);
    line.setExecutionExceptionHandler((thrown, command, parsed) -> cli.failed(thrown, command));
    line.setParameterExceptionHandler((wrong, arguments) -> cli.misused(wrong));
    return line;
  }

  private int run(ParseResult parsed) {
    Optional<Reporting> command = reporting(leaf(parsed));
    Logging.configure(environment, command.map(c -> c.options().verbose()).orElse(false));
    int code;
    try {
      code = new RunLast().execute(parsed);
    } catch (OutOfMemoryError | StackOverflowError exhausted) {
      return failed(new IllegalStateException(exhausted.toString(), exhausted), leaf(parsed));
    }
    command.filter(c -> c.report().hasEnded()).ifPresent(this::tell); // else it was only --help
    return code;
  }

  private static CommandLine leaf(ParseResult parsed) {
    return parsed.hasSubcommand() ? leaf(parsed.subcommand()) : parsed.commandSpec().commandLine();
  }

  private static Optional<Reporting> reporting(CommandLine command) {
    return command.getCommand() instanceof Reporting reporting
        ? Optional.of(reporting)
        : Optional.empty();
  }

  private void tell(Reporting command) {
    file(command);
    environment.out().println(environment.terminal() ? command.summary() : command.report().line());
  }

  private int misused(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    return failed(
        wrong.getCause() instanceof Failure known
            ? known
            : new Failure(
                Exit.USAGE,
                "Reading the command line of " + name,
                firstLine(wrong),
                "see " + name + " --help"),
        command);
  }

  private static String firstLine(Exception thrown) {
    String line = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  private int failed(Exception thrown, CommandLine command) {
    Optional<Reporting> reporting = reporting(command);
    Failure failure = thrown instanceof Failure known ? known : bug(thrown);
    if (failure.exit() == Exit.BUG) {
      LOG.error("A bug of ours", thrown);
    } else if (reporting.map(r -> r.options().verbose()).orElse(false)) {
      LOG.debug("What failed", failure);
    }
    Report report = reporting.map(Reporting::report).orElseGet(() -> bare(command));
    report.failed(failure);
    reporting.ifPresent(this::file);
    if (environment.terminal()) {
      environment.err().println(failure.getMessage());
    } else {
      environment.out().println(report.line());
    }
    return failure.exit().code();
  }

  private static Failure bug(Exception thrown) {
    return new Failure(
        Exit.BUG,
        "Running the command",
        "%s: %s".formatted(thrown.getClass().getSimpleName(), firstLine(thrown)),
        "this is a bug of ours, please report it with the lines above",
        thrown);
  }

  private static Report bare(CommandLine command) {
    String[] names = command.getCommandSpec().qualifiedName().split(" ", 2);
    return new Report(names[0], names.length > 1 ? names[1] : "");
  }

  private void file(Reporting command) {
    Optional<Path> file = command.options().report();
    if (file.isEmpty()) {
      return;
    }
    try {
      Files.writeString(file.get(), command.report().line() + "\n");
    } catch (IOException unwritable) {
      LOG.warn("The report could not be written to {}: {}", file.get(), unwritable.toString());
    }
  }
}
