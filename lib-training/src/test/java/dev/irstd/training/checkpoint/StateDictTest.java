package dev.irstd.training.checkpoint;

import dev.irstd.training.network.Network;
import dev.irstd.training.network.NetworkSummary;
import dev.irstd.training.network.Networks;
import dev.irstd.training.network.Parameter;
import dev.irstd.training.network.Parameter.Role;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.RandomWeights;
import dev.irstd.training.weights.Safetensors;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StateDictTest {
    private static final Network NETWORK = Networks.named("RRCANet-ResNet10");
    private static final Network LARGER = Networks.named("RRCANet");

    @TempDir
    Path folder;

    private final Weights weights = RandomWeights.of(NETWORK, 1);
    private final StateDict stateDict = StateDict.of(NETWORK, weights);

    @Test
    void holdsEverySharedParameterUnderAllItsNames() {
        Set<String> names = new HashSet<>();
        for (Parameter parameter : NetworkSummary.parametersOf(NETWORK)) {
            names.addAll(parameter.names());
            for (String name : parameter.names()) {
                assertThat(stateDict.tensors().get(name)).as(name).isSameAs(weights.get(parameter.name()));
            }
        }
        assertThat(stateDict.tensors().keySet()).isEqualTo(names);
        // 371 tensors in the official state_dict (vectors/README.md).
        assertThat(stateDict.tensors().size() + stateDict.counters().size()).isEqualTo(371);
    }

    static Stream<Arguments> comesBackFromAFile() {
        return Stream.of(KeyPrefix.values())
                .flatMap(prefix -> Stream.of(
                        Arguments.of("x.pth", new Layout(prefix, Wrapper.NONE)),
                        Arguments.of("x.pth.tar", new Layout(prefix, Wrapper.STATE_DICT)),
                        Arguments.of("x.safetensors", new Layout(prefix, Wrapper.NONE))));
    }

    @ParameterizedTest
    @MethodSource
    void comesBackFromAFile(String name, Layout layout) throws IOException {
        Path file = folder.resolve(name);
        stateDict.write(file, layout);

        CheckpointFile read = CheckpointFile.read(file);

        assertThat(read.prefix()).isEqualTo(layout.prefix().text());
        assertThat(read.leftOut()).isEmpty();
        assertThat(read.rounded()).isEmpty();
        assertThat(read.stateDict().tensors().keySet())
                .containsExactlyInAnyOrderElementsOf(stateDict.tensors().keySet());
        Weights again = read.stateDict().weightsOf(NETWORK);
        weights.tensors()
                .forEach((key, tensor) ->
                        assertThat(again.get(key).values()).as(key).isEqualTo(tensor.values()));
    }

    @Test
    void keepsTheCountersInPyTorchsFormat() throws IOException {
        Map<String, Long> counters = Map.of("a.num_batches_tracked", 1L << 40);
        FloatTensor tensor = new FloatTensor(List.of(2), new float[] {Float.NaN, -0.0f});
        Path file = folder.resolve("x.pth");

        new StateDict(Map.of("a.weight", tensor), counters).write(file, Layout.PLAIN);
        StateDict read = CheckpointFile.read(file).stateDict();

        assertThat(read.counters()).isEqualTo(counters);
        assertThat(read.tensors().get("a.weight").values()).containsExactly(Float.NaN, -0.0f);
    }

    @Test
    void writesSharedParametersOnce() throws IOException {
        Path file = folder.resolve("x.pth");
        stateDict.write(file, Layout.PLAIN);

        try (ZipFile zip = new ZipFile(file.toFile())) {
            long storages = Collections.list(zip.entries()).stream()
                    .filter(entry -> entry.getName().startsWith("archive/data/"))
                    .count();
            assertThat(storages)
                    .isEqualTo(NetworkSummary.parametersOf(NETWORK).size()
                            + stateDict.counters().size());
        }
        Map<String, FloatTensor> read = CheckpointFile.read(file).stateDict().tensors();
        Parameter shared = NetworkSummary.parametersOf(NETWORK).stream()
                .filter(parameter -> parameter.names().size() > 1)
                .findFirst()
                .orElseThrow();
        assertThat(read.get(shared.names().get(1)).values())
                .isSameAs(read.get(shared.name()).values());
    }

    /** Metadata as safetensors.torch.save_model writes it: other name, name. */
    @Test
    void writesSharedParametersOnceInSafetensorsToo() throws IOException {
        Path file = folder.resolve("x.safetensors");
        stateDict.write(file, new Layout(KeyPrefix.MODEL, Wrapper.NONE));

        Safetensors written = Safetensors.read(file);

        Set<String> names = new HashSet<>();
        Map<String, String> otherNames = new HashMap<>();
        for (Parameter parameter : NetworkSummary.parametersOf(NETWORK)) {
            names.add("model." + parameter.name());
            parameter.names().stream()
                    .skip(1)
                    .forEach(name -> otherNames.put("model." + name, "model." + parameter.name()));
        }
        assertThat(otherNames).isNotEmpty();
        assertThat(written.tensors().keySet()).isEqualTo(names);
        assertThat(written.metadata()).isEqualTo(otherNames);
        Map<String, FloatTensor> read = CheckpointFile.read(file).stateDict().tensors();
        otherNames.forEach((other, name) -> assertThat(read.get(other.substring("model.".length())))
                .isSameAs(read.get(name.substring("model.".length()))));
    }

    @Test
    void readsSafetensorsThatHoldASharedParameterUnderEachName() throws IOException {
        Path file = folder.resolve("x.safetensors");
        Map<String, FloatTensor> copies = new HashMap<>();
        stateDict
                .tensors()
                .forEach((key, tensor) -> copies.put(
                        key, new FloatTensor(tensor.shape(), tensor.values().clone())));
        new Safetensors(Map.of("format", "pt"), copies, Map.of()).write(file);

        Weights read = CheckpointFile.read(file).stateDict().weightsOf(NETWORK);

        weights.tensors()
                .forEach((key, tensor) ->
                        assertThat(read.get(key).values()).as(key).isEqualTo(tensor.values()));
    }

    /** So that PyTorch can map a file into memory. */
    @Test
    void storagesBeginAtMultiplesOf64() throws IOException {
        Path file = folder.resolve("x.pth");
        float[] marked = {1234.5f, 1, 2};
        new StateDict(Map.of("a", new FloatTensor(List.of(3), marked)), Map.of()).write(file, Layout.PLAIN);

        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        String first = new String(TorchFiles.floats(1234.5f), StandardCharsets.ISO_8859_1);
        assertThat(bytes.indexOf(first)).isPositive();
        assertThat(bytes.indexOf(first) % 64).isZero();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(Collections.list(zip.entries()).stream().map(ZipEntry::getMethod))
                    .containsOnly(ZipEntry.STORED);
        }
    }

    @Test
    void equalWeightsGiveEqualFiles() throws IOException {
        stateDict.write(folder.resolve("a.pth"), Layout.PLAIN);
        StateDict.of(NETWORK, RandomWeights.of(NETWORK, 1)).write(folder.resolve("b.pth"), Layout.PLAIN);

        assertThat(folder.resolve("a.pth")).hasSameBinaryContentAs(folder.resolve("b.pth"));
    }

    @Test
    void safetensorsHaveNoWrapper() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stateDict.write(
                        folder.resolve("x.safetensors"), new Layout(KeyPrefix.NONE, Wrapper.STATE_DICT)))
                .withMessageContaining("x.safetensors");
    }

    @Test
    void namesTheNetworkThatFits() {
        StateDict larger = StateDict.of(LARGER, RandomWeights.of(LARGER, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> stateDict.weightsOf(LARGER))
                .withMessageContaining("RRCANet needs")
                .withMessageEndingWith("it fits RRCANet-ResNet10");
        // All that the smaller network needs is there.
        assertThatIllegalArgumentException()
                .isThrownBy(() -> larger.weightsOf(NETWORK))
                .withMessageContaining("RRCANet-ResNet10 does not know \""
                        + larger.unusedBy(NETWORK).get(0) + "\"")
                .withMessageEndingWith("it fits RRCANet");
    }

    @Test
    void namesTheNetworkOfAnotherInput() {
        Network colour = Networks.named("RRCANet-ResNet10", 3);
        StateDict ofColour = StateDict.of(colour, RandomWeights.of(colour, 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ofColour.weightsOf(NETWORK))
                .withMessageContaining("RRCANet-ResNet10 needs [8, 1, 3, 3]")
                .withMessageEndingWith("it fits RRCANet-ResNet10 with 3 input channels");
    }

    @Test
    void namesTheNetworkThatTakesGreyAlone() {
        Network grey = Networks.named("LPNetGA");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateDict.of(grey, RandomWeights.of(grey, 1)).weightsOf(NETWORK))
                .withMessageEndingWith("it fits LPNetGA");
    }

    @Test
    void namesAMissingKeyBesideAnUnknownOne() {
        Map<String, FloatTensor> renamed = new LinkedHashMap<>(stateDict.tensors());
        renamed.put("head.weight", renamed.remove("final.weight"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StateDict(renamed, Map.of()).weightsOf(NETWORK))
                .withMessageContaining("no \"final.weight\"")
                .withMessageEndingWith("unknown to it: \"head.weight\"");
    }

    @Test
    void expectsTheCountersOfKnownNormsOnly() {
        Map<String, Long> counters = new LinkedHashMap<>(stateDict.counters());
        counters.put("other.num_batches_tracked", 1L);
        StateDict strange = new StateDict(stateDict.tensors(), counters);

        assertThat(stateDict.unusedBy(NETWORK)).isEmpty();
        assertThat(strange.unusedBy(NETWORK)).containsExactly("other.num_batches_tracked");
        assertThat(strange.without(strange.unusedBy(NETWORK))).isEqualTo(stateDict);
        long norms = NetworkSummary.parametersOf(NETWORK).stream()
                .filter(parameter -> parameter.role() == Role.RUNNING_VARIANCE)
                .count();
        assertThat(stateDict.counters()).hasSize((int) norms);
    }

    @Test
    void refusesCountersByOtherNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StateDict(Map.of(), Map.of("epoch", 3L)))
                .withMessageContaining("\"epoch\"");
    }
}
