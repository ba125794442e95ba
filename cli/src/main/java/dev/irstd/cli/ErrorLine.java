package dev.irstd.cli;

import dev.irstd.IrstdException;
import dev.irstd.training.data.DatasetException;
import dev.irstd.training.torch.DivergenceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/** An error as one line for people. */
final class ErrorLine {
    private ErrorLine() {}

    static int usage(ParameterException e) {
        CommandLine command = e.getCommandLine();
        print(
                command.getErr(),
                e.getMessage() + "; see " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    static int failure(Exception e, CommandLine command, boolean debug) {
        print(command.getErr(), of(e));
        if (debug) {
            e.printStackTrace(command.getErr());
        }
        return ExitCode.SOFTWARE;
    }

    static void print(PrintWriter err, String message) {
        err.println("irstd: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
        err.flush();
    }

    static String of(Exception e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file or folder";
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": access denied";
        }
        if (e instanceof UncheckedIOException unchecked) {
            return of(unchecked.getCause());
        }
        boolean expected = e instanceof IrstdException
                || e instanceof DatasetException
                || e instanceof DivergenceException
                || e instanceof IOException
                || e instanceof IllegalArgumentException
                || e instanceof IllegalStateException;
        return expected && e.getMessage() != null ? e.getMessage() : "unexpected " + e + "; --debug tells where";
    }
}
