package dev.irstd.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "irstd",
        description = "Infrared small target detection.",
        mixinStandardHelpOptions = true,
        version = "irstd 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TrainCommand.class})
public final class Irstd {
    private Irstd() {}

    /**
     * Runs a command and exits with its status: 0 done, 1 failed, 2 unusable arguments.
     *
     * @param arguments command, options and parameters
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Irstd()).execute(arguments));
    }
}
