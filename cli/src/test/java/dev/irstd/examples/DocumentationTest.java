package dev.irstd.examples;

import dev.irstd.training.TrainingPlan;
import dev.irstd.training.torch.Optimiser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class DocumentationTest {
    private static final Path EXAMPLES = Path.of("src", "test", "java", "dev", "irstd", "examples");

    static Stream<Pages.Block> javaSnippetsAreCompiled() {
        return Pages.blocks("java");
    }

    @ParameterizedTest
    @MethodSource
    void javaSnippetsAreCompiled(Pages.Block snippet) throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            assertThat(files.map(Pages::read).map(DocumentationTest::normalised))
                    .as("sources under %s", EXAMPLES)
                    .withRepresentation(sources -> "none that contains it")
                    .anyMatch(source -> source.contains(normalised(snippet.text())));
        }
    }

    private static String normalised(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    static Stream<Path> linksLeadSomewhere() {
        return Pages.all();
    }

    @ParameterizedTest
    @MethodSource
    void linksLeadSomewhere(Path page) {
        assertThat(Pages.links(page).filter(link -> !link.startsWith("https://") && !link.startsWith("#")))
                .allSatisfy(link -> assertThat(page.resolveSibling(link.replaceFirst("#.*", "")))
                        .exists());
    }

    @Test
    void trainingPageStatesTheStandardPlan() {
        TrainingPlan plan = TrainingPlan.standard();
        Optimiser.AdamW optimiser = (Optimiser.AdamW) plan.optimiser();
        assertThat(Pages.read(Pages.ROOT.resolve("docs/training.md")))
                .contains("| epochs | " + plan.epochs() + " |")
                .contains("| batch | " + plan.batch() + " patches |")
                .contains("| patch | " + plan.patchSize() + " x " + plan.patchSize() + " pixels |")
                .contains("| learning rate | " + optimiser.learningRate() + ",")
                .contains("| average of the weights | decay " + plan.averageDecay() + ",")
                .contains("| initialisation | " + plan.initialisation() + ",")
                .contains("| seed | " + plan.seed() + " |");
    }
}
