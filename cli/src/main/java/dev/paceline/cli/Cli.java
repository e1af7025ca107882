package dev.paceline.cli;

import dev.paceline.cli.failure.Exit;
import dev.paceline.cli.failure.Failure;
import dev.paceline.cli.failure.FirstLine;
import dev.paceline.cli.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/// A command line that always ends with one of [Exit], reports an error as one sentence, and prints
/// the run's report as its last line.
///
/// Nothing is created before it is needed, because every loaded class slows down every start: a
/// subcommand is created when it is named, logging is configured when a command runs.
public final class Cli {

  private static final Set<String> VERSION_FLAGS = Set.of("-V", "--version");

  private final Object root;
  private final Environment environment;
  private final Map<String, Supplier<?>> commands = new LinkedHashMap<>();

  private Cli(Object root, Environment environment) {
    this.root = root;
    this.environment = environment;
  }

  /// Starts building a command line.
  ///
  /// @param root the root command's object
  public static Cli of(Object root, Environment environment) {
    return new Cli(root, environment);
  }

  /// Adds a subcommand.
  ///
  /// @param command creates its object
  public Cli with(String name, Supplier<?> command) {
    commands.put(name, command);
    return this;
  }

  /// Runs the command that the arguments name, and returns the exit code.
  public int execute(String... arguments) {
    CommandLine line = new CommandLine(root);
    addSubcommands(line, List.of(arguments));
    line.setUsageHelpWidth(100);
    line.setDefaultValueProvider(new SettingsDefaults(environment));
    line.setOut(new PrintWriter(environment.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(environment.err(), true, StandardCharsets.UTF_8));
    line.setExecutionStrategy(this::run);
    line.setExecutionExceptionHandler((thrown, command, parsed) -> reportFailure(thrown, command));
    OptionTypes.register(line);
    UsageErrors errors = new UsageErrors(List.of(arguments));
    line.setParameterExceptionHandler(
        (invalid, words) -> reportFailure(errors.failure(invalid), invalid.getCommandLine()));
    return line.execute(arguments);
  }

  /// Adds the subcommand that the arguments name; all of them where help, completion or a
  /// suggestion lists them; none for the version.
  private void addSubcommands(CommandLine line, List<String> arguments) {
    String named = arguments.stream().filter(word -> !word.startsWith("-")).findFirst().orElse("");
    Supplier<?> command = commands.get(named);
    if (command != null) {
      line.addSubcommand(named, command.get());
    } else if (arguments.isEmpty() || !VERSION_FLAGS.containsAll(arguments)) {
      commands.forEach((name, each) -> line.addSubcommand(name, each.get()));
      line.addSubcommand("generate-completion", new GenerateCompletion());
    }
  }

  private int run(ParseResult parsed) {
    Integer helpExit = CommandLine.executeHelpRequest(parsed);
    if (helpExit != null) {
      return helpExit;
    }
    Optional<Reporting> command = asReporting(innermost(parsed));
    Logging.configure(environment, command.map(c -> c.options().isVerbose()).orElse(false));
    int code;
    try {
      code = new RunLast().execute(parsed);
    } catch (OutOfMemoryError | StackOverflowError exhausted) {
      return reportFailure(
          new IllegalStateException(exhausted.toString(), exhausted), innermost(parsed));
    }
    command.filter(c -> c.report().hasEnded()).ifPresent(this::printOutcome);
    return code;
  }

  private static CommandLine innermost(ParseResult parsed) {
    return parsed.hasSubcommand()
        ? innermost(parsed.subcommand())
        : parsed.commandSpec().commandLine();
  }

  private static Optional<Reporting> asReporting(CommandLine command) {
    return command.getCommand() instanceof Reporting reporting
        ? Optional.of(reporting)
        : Optional.empty();
  }

  private void printOutcome(Reporting command) {
    writeReportFile(command);
    environment
        .out()
        .println(environment.isTerminal() ? command.summary() : command.report().line());
  }

  private int reportFailure(Exception thrown, CommandLine command) {
    Optional<Reporting> reporting = asReporting(command);
    Failure failure = thrown instanceof Failure known ? known : bug(thrown);
    if (failure.exit() == Exit.BUG) {
      log().error("A bug in Paceline", thrown);
    } else if (reporting.map(r -> r.options().isVerbose()).orElse(false)) {
      log().debug("The failure's stack trace", failure);
    }
    Report report = reporting.map(Reporting::report).orElseGet(() -> reportFor(command));
    report.failed(failure);
    reporting.ifPresent(this::writeReportFile);
    if (environment.isTerminal()) {
      environment.err().println(failure.getMessage());
    } else {
      environment.out().println(report.line());
    }
    return failure.exit().code();
  }

  private static Logger log() {
    return LoggerFactory.getLogger(Cli.class);
  }

  private static Failure bug(Exception thrown) {
    return new Failure(
        Exit.BUG,
        "Running the command",
        "%s: %s".formatted(thrown.getClass().getSimpleName(), FirstLine.of(thrown)),
        "this is a bug in Paceline: please report it with the lines above",
        thrown);
  }

  private static Report reportFor(CommandLine command) {
    String[] names = command.getCommandSpec().qualifiedName().split(" ", 2);
    return new Report(names[0], names.length > 1 ? names[1] : "");
  }

  private void writeReportFile(Reporting command) {
    Optional<Path> file = command.options().report();
    if (file.isEmpty()) {
      return;
    }
    try {
      Files.writeString(file.get(), command.report().line() + "\n");
    } catch (IOException e) {
      log().warn("The report could not be written to {}: {}", file.get(), e.toString());
    }
  }
}
