package dev.irstd.training.network;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NetworksTest {
    @ParameterizedTest
    @CsvSource({
        "RRCANet-ResNet10, 102489",
        "RRCANet, 202089",
        "RRCANet-ResNet34, 363161",
        "AMFU, 472809",
        "AMFU+RuCB, 489063",
        "DNANet, 4696568",
        "DNANet+RuCB, 4696275"
    })
    void findsNetworksByTheirNames(String name, long parameters) {
        Network network = Networks.named(name);

        assertThat(network.name()).isEqualTo(name);
        assertThat(network.inputChannels()).isEqualTo(1);
        assertThat(NetworkSummary.of(network, 64, 64).parameterCount()).isEqualTo(parameters);
    }

    @Test
    void listsTheKnownNamesWhenOneIsUnknown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Networks.named("RRCANet-19"))
                .withMessageContaining("RRCANet-19")
                .withMessageContainingAll("RRCANet-ResNet10", "RRCANet", "RRCANet-ResNet34");
    }

    @Test
    void findsEveryNameItLists() {
        assertThat(Networks.names())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(Networks.named(name).name()).isEqualTo(name));
    }
}
