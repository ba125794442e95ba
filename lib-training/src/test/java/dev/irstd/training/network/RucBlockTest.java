package dev.irstd.training.network;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RucBlockTest {
    private static final int CONVOLUTIONS = (4 * 8 * 9 + 8) + (8 * 8 * 9 + 8);
    private static final int FRESH = 2 * (2 * 8) + (4 * 8 + 8) + 2 * 8;

    private final RucBlock block = new RucBlock(round -> "round" + round, 3, 4, 8, 1);

    /** Fresh are two norms, and the 1x1 convolution with the norm of the shortcut. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void eachRoundAddsItsNormsAndItsShortcut(int rounds) {
        assertThat(parametersAfter(rounds).stream()
                        .filter(parameter -> parameter.role().trained())
                        .mapToInt(Parameter::size)
                        .sum())
                .isEqualTo(CONVOLUTIONS + rounds * FRESH);
    }

    @Test
    void convolutionsGoByTheirNamesOfAllRounds() {
        assertThat(parametersAfter(1))
                .extracting(Parameter::names)
                .contains(
                        List.of("round0.operator.0.bias", "round1.operator.0.bias", "round2.operator.0.bias"),
                        List.of("round0.operator.1.bias"),
                        List.of("round0.shortcut.0.bias"));
    }

    private List<Parameter> parametersAfter(int rounds) {
        OperationCounter counter = new OperationCounter();
        for (int round = 0; round < rounds; round++) {
            block.apply(counter, round, OperationCounter.Shape.input(4, 6, 5));
        }
        return counter.layers().stream()
                .flatMap(layer -> layer.parameters().stream())
                .toList();
    }

    @Test
    void refusesARoundThatItDoesNotHave() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> block.apply(new OperationCounter(), 3, OperationCounter.Shape.input(4, 6, 5)))
                .withMessageContaining("3");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0"})
    void refusesToDoNothing(int rounds, int units) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RucBlock(round -> "round" + round, rounds, 4, 8, units))
                .withMessageContaining(rounds + " rounds and " + units + " units");
    }

    /** Norms of one name would be one norm. */
    @Test
    void refusesOneNameForTwoRounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RucBlock(round -> "block", 2, 4, 8, 1))
                .withMessageContaining("[block, block]");
    }
}
