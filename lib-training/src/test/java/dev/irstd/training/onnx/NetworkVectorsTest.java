package dev.irstd.training.onnx;

import dev.irstd.testing.Npz;
import dev.irstd.testing.Shared;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.NetworkSummary;
import dev.irstd.training.network.Parameter;
import dev.irstd.training.network.RRCANet;
import dev.irstd.training.network.RRCANet.Fusion;
import dev.irstd.training.network.RRCANet.Options;
import dev.irstd.training.torch.TorchSession;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Tensors;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Against the official networks: the same weights, the same image, both readers. */
class NetworkVectorsTest {
    /** File, options, and the tolerance that the vectors' description gives. */
    static Stream<Arguments> networks() {
        Options standard = RRCANet.standard();
        return Stream.of(
                arguments("rrcanet10", standard.withBlocks(2, 1, 1, 1), 1e-4),
                arguments("rrcanet18", standard, 1e-4),
                arguments("rrcanet18_c3", standard.withInputChannels(3), 1e-4),
                arguments("rrcanet18_it0", standard.withIterations(0), 1e-4),
                arguments("rrcanet18_it1", standard.withIterations(1), 1e-4),
                arguments("rrcanet18_nofsm", standard.withFusion(Fusion.LAST), 1e-4),
                arguments("rrcanet18_ds", standard.withFusion(Fusion.SUPERVISE), 2e-4),
                arguments("rrcanet_l3", standard.withBlocks(3, 3, 3), 1e-4),
                arguments("rrcanet_l5", standard.withBlocks(1, 2, 2, 2, 2), 1e-4));
    }

    @BeforeAll
    static void computeOnOneThread() {
        TorchSession.configure(1);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void torchGivesTheOfficialLogits(String file, Options options, double tolerance) throws IOException {
        Npz npz = read(file);
        Network network = RRCANet.of(file, options);
        Weights weights = Weights.of(network, stateDict(npz));

        List<FloatTensor> logits;
        try (TorchSession session = new TorchSession(network, weights, weights)) {
            logits = session.logits(tensor(npz, "input"));
        }

        List<String> keys = npz.has("logits_0")
                ? IntStream.range(0, logits.size()).mapToObj(i -> "logits_" + i).toList()
                : List.of("logits");
        assertThat(logits).hasSameSizeAs(keys);
        for (int i = 0; i < keys.size(); i++) {
            assertThat(Tensors.distance(logits.get(i), tensor(npz, keys.get(i))))
                    .as(keys.get(i))
                    .isLessThan(tolerance);
        }
        assertThat(npz.has("logits_" + logits.size())).isFalse();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void onnxRuntimeGivesTheOfficialLogits(String file, Options options, double tolerance) throws IOException {
        Npz npz = read(file);
        Network network = RRCANet.of(file, options);

        FloatTensor logits = Onnx.logits(network, Weights.of(network, stateDict(npz)), tensor(npz, "input"));

        assertThat(Tensors.distance(logits, tensor(npz, "logits"))).isLessThan(tolerance);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void usesEveryTensorOfTheOfficialStateDict(String file, Options options, double tolerance) throws IOException {
        Npz npz = read(file);
        List<Parameter> parameters = NetworkSummary.parametersOf(RRCANet.of(file, options));

        Set<String> names = parameters.stream().flatMap(p -> p.names().stream()).collect(Collectors.toSet());
        Set<String> official = stateDict(npz).keySet();

        assertThat(names).isEqualTo(official);
    }

    private static Npz read(String file) throws IOException {
        return Npz.read(Shared.require("vectors/networks/" + file + ".npz"));
    }

    /** All that is no input, output or batch counter. */
    private static Map<String, FloatTensor> stateDict(Npz npz) {
        Map<String, FloatTensor> stateDict = new LinkedHashMap<>();
        for (String key : npz.keys()) {
            if (!key.matches("input|output(_\\d)?|logits(_\\d)?|.*\\.num_batches_tracked")) {
                stateDict.put(key, tensor(npz, key));
            }
        }
        return stateDict;
    }

    private static FloatTensor tensor(Npz npz, String key) {
        return new FloatTensor(Arrays.stream(npz.shape(key)).boxed().toList(), npz.floats(key));
    }
}
