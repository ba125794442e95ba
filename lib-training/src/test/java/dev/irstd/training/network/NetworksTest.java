package dev.irstd.training.network;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class NetworksTest {
    @ParameterizedTest
    @CsvSource({
        "RRCANet, 202089",
        "RRCANet-ResNet10, 102489",
        "RRCANet-ResNet34, 363161",
        "ResUNet, 913897",
        "ResUNet+RuCB, 979089",
        "AMFU, 472809",
        "AMFU+RuCB, 489063",
        "DNANet, 4696568",
        "DNANet+RuCB, 4696275",
        "ACM, 397823",
        "ALCNet, 519889",
        "UIUNet, 50540309",
        "LW-IRSTNet, 165680",
        "DCONet, 9894160"
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

    @Test
    void listsTheNetworksOfProvidersAfterItsOwn() {
        assertThat(Networks.byName(List.of(providing("Mine"), providing("Yours"))))
                .containsKeys("RRCANet", "Mine", "Yours")
                .satisfies(byName -> assertThat(List.copyOf(byName.keySet())).endsWith("Mine", "Yours"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RRCANet", "Mine"})
    void refusesTwoNetworksOfOneName(String name) {
        List<NetworkProvider> providers = List.of(providing("Mine"), providing(name));

        assertThatIllegalStateException()
                .isThrownBy(() -> Networks.byName(providers))
                .withMessageContaining(
                        "\"" + name + "\" of " + providers.get(1).getClass().getName())
                .withMessageContaining("name of another");
    }

    private static NetworkProvider providing(String name) {
        return () -> Map.of(name, channels -> RRCANet.of(name, RRCANet.standardOptions()));
    }
}
