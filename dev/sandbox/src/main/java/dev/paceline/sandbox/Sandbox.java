package dev.paceline.sandbox;

import dev.paceline.sandbox.world.SandboxException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/// The command line: `sandbox serve …`.
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    versionProvider = Sandbox.Version.class,
    synopsisSubcommandLabel = "serve",
    description = "A simulated Strava for tests, demos and benchmarks.",
    subcommands = ServeCommand.class)
final class Sandbox {
  private Sandbox() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Sandbox());
    commandLine.setParameterExceptionHandler(Sandbox::reportUsage);
    commandLine.setExecutionExceptionHandler(Sandbox::report);
    commandLine.setExitCodeExceptionMapper(exception -> 70);
    return commandLine;
  }

  private static int reportUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .printf("%s%nSee %s --help.%n", e.getMessage(), command.getCommandSpec().qualifiedName());
    return 64;
  }

  /// A failure that the user can act on is printed as a sentence; anything else is a bug and keeps
  /// its stack trace.
  private static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (failure instanceof SandboxException known) {
      command.getErr().println(known.getMessage());
      return known.exitCode();
    }
    throw failure;
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String built = Sandbox.class.getPackage().getImplementationVersion();
      return new String[] {"sandbox " + (built == null ? "(unpackaged)" : built)};
    }
  }
}
