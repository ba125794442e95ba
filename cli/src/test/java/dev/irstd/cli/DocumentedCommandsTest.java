package dev.irstd.cli;

import dev.irstd.examples.Pages;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class DocumentedCommandsTest {
    private static final String LAUNCHER = "./irstd ";

    static Stream<String> pagesGiveCommandsThatExist() {
        return Pages.blocks("sh")
                .map(block -> block.text().replace("\\\n", " "))
                .flatMap(String::lines)
                .filter(line -> line.startsWith(LAUNCHER))
                .map(line -> line.substring(LAUNCHER.length()).strip());
    }

    @ParameterizedTest
    @MethodSource
    void pagesGiveCommandsThatExist(String arguments) {
        String[] words = Pattern.compile("\"([^\"]*)\"|\\S+")
                .matcher(arguments)
                .results()
                .map(word -> word.group(1) == null ? word.group() : word.group(1))
                .toArray(String[]::new);
        assertThatCode(() -> Irstd.commandLine().parseArgs(words)).doesNotThrowAnyException();
    }

    @Test
    void trainingPageExplainsEveryLoss() {
        String page = Pages.read(Pages.ROOT.resolve("docs/training.md"));

        assertThat(new LossConverter()).allSatisfy(name -> assertThat(page).contains("| `" + name + "` | `"));
    }
}
