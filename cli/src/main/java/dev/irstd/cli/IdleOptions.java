package dev.irstd.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Options that would do nothing where they stand. */
final class IdleOptions {
    private IdleOptions() {}

    /**
     * Refuses options that were given although they go with something else.
     *
     * @param wanted what they go with
     * @throws ParameterException naming the first of them
     */
    static void refuse(CommandSpec spec, String wanted, Iterable<String> options) {
        for (String option : options) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(spec.commandLine(), option + " goes with " + wanted + " alone");
            }
        }
    }
}
