package dev.irstd.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line. */
@Command(
        name = "irstd",
        description = "Infrared small target detection.",
        mixinStandardHelpOptions = true,
        versionProvider = Irstd.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:done", "1:failed", "2:unusable arguments"},
        subcommands = {
            DetectCommand.class,
            EvaluateCommand.class,
            TrainCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            InfoCommand.class,
            GenerateCommand.class
        })
public final class Irstd {
    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print the stack trace of an error.")
    boolean debug;

    private Irstd() {}

    /**
     * Runs a command and exits with its status: 0 done, 1 failed, 2 unusable arguments.
     *
     * @param arguments command, options and parameters
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        Irstd irstd = new Irstd();
        return new CommandLine(irstd)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, arguments) -> ErrorLine.usage(e))
                .setExecutionExceptionHandler((e, command, parsed) -> ErrorLine.failure(e, command, irstd.debug));
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Irstd.class.getPackage().getImplementationVersion();
            return new String[] {"irstd " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
