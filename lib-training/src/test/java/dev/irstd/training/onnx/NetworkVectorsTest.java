package dev.irstd.training.onnx;

import dev.irstd.testing.Npz;
import dev.irstd.testing.Shared;
import dev.irstd.training.network.ACM;
import dev.irstd.training.network.ALCNet;
import dev.irstd.training.network.AMFUNet;
import dev.irstd.training.network.DCONet;
import dev.irstd.training.network.DNANet;
import dev.irstd.training.network.LWIRSTNet;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.NetworkSummary;
import dev.irstd.training.network.Parameter;
import dev.irstd.training.network.RRCANet;
import dev.irstd.training.network.RecurrentOptions;
import dev.irstd.training.network.RecurrentOptions.Fusion;
import dev.irstd.training.network.ResUNet;
import dev.irstd.training.network.ResUNetRuCB;
import dev.irstd.training.network.UIUNet;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Against the official networks: the same weights, the same image, both readers. */
class NetworkVectorsTest {
    /**
     * A vector file.
     *
     * @param outputs keys of the network's outputs in our order, the prediction last
     * @param tolerance as the vectors' description gives it
     */
    private record Vector(String file, Network network, List<String> outputs, double tolerance) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Vector> vectors() {
        RecurrentOptions standard = RRCANet.standardOptions();
        DNANet.Options fewChannels = DNANet.standardOptions().withChannels(16, 16, 32, 32, 48);
        return Stream.of(
                rrcanet("rrcanet10", standard.withBlocks(2, 1, 1, 1)),
                rrcanet("rrcanet18", standard),
                rrcanet("rrcanet18_c3", standard.withInputChannels(3)),
                rrcanet("rrcanet18_it0", standard.withIterations(0)),
                rrcanet("rrcanet18_it1", standard.withIterations(1)),
                rrcanet("rrcanet18_it3", standard.withIterations(3)),
                rrcanet("rrcanet18_nofsm", standard.withFusion(Fusion.LAST)),
                several("rrcanet18_ds", RRCANet.of("supervised", standard.withFusion(Fusion.SUPERVISE)), 3, 2e-4),
                rrcanet("rrcanet34", standard.withBlocks(4, 4, 6, 3)),
                rrcanet("rrcanet_l3", standard.withBlocks(3, 3, 3)),
                rrcanet("rrcanet_l5", standard.withBlocks(1, 2, 2, 2, 2)),
                rrcanet("rrcanet_m2", standard.withWidth(16)),
                one("resunet", ResUNet.standard(), 2e-4),
                one("resunet_rucb", ResUNetRuCB.standard(), 5e-4),
                one("acm", ACM.standard(), 2e-4),
                one("alcnet", ALCNet.standard(), 1e-4),
                reversed("uiunet_div8", UIUNet.standard().withDivisor(8), 7, 2e-4),
                one("lw_irstnet", LWIRSTNet.standard(), 5e-4),
                several("amfu", AMFUNet.standard(), 6, 1e-4),
                several("dnanet_small", DNANet.of("small", fewChannels), 4, 2e-4),
                several("dnanet", DNANet.standard(), 4, 1e-4),
                several("dconet_s2", DCONet.standard().withStages(2), 2, 2e-3),
                several("dconet", DCONet.standard(), 2, 1e-2));
    }

    private static Vector rrcanet(String file, RecurrentOptions options) {
        return one(file, RRCANet.of(file, options), 1e-4);
    }

    private static Vector one(String file, Network network, double tolerance) {
        return new Vector(file, network, List.of("logits"), tolerance);
    }

    private static Vector several(String file, Network network, int outputs, double tolerance) {
        List<String> keys =
                IntStream.range(0, outputs).mapToObj(i -> "logits_" + i).toList();
        return new Vector(file, network, keys, tolerance);
    }

    /** The official code gives the prediction first. */
    private static Vector reversed(String file, Network network, int outputs, double tolerance) {
        List<String> keys = IntStream.range(0, outputs)
                .mapToObj(i -> "logits_" + (outputs - 1 - i))
                .toList();
        return new Vector(file, network, keys, tolerance);
    }

    @BeforeAll
    static void computeOnOneThread() {
        TorchSession.configure(1);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void torchGivesTheOfficialOutputs(Vector vector) throws IOException {
        Npz npz = read(vector);
        Weights weights = Weights.of(vector.network(), stateDict(npz));
        try (TorchSession session = new TorchSession(vector.network(), weights, weights)) {
            requireOfficial(vector, npz, session.logits(tensor(npz, "input")));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void onnxRuntimeGivesTheOfficialOutputs(Vector vector) throws IOException {
        Npz npz = read(vector);
        Weights weights = Weights.of(vector.network(), stateDict(npz));

        requireOfficial(vector, npz, Onnx.outputs(vector.network(), weights, tensor(npz, "input")));
    }

    private static void requireOfficial(Vector vector, Npz npz, List<FloatTensor> outputs) {
        assertThat(outputs).hasSameSizeAs(vector.outputs());
        for (int i = 0; i < outputs.size(); i++) {
            String key = vector.outputs().get(i);
            assertThat(Tensors.distance(outputs.get(i), tensor(npz, key)))
                    .as(key)
                    .isLessThan(vector.tolerance());
        }
        assertThat(npz.has("logits_" + outputs.size())).isFalse();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void knowsEveryTensorOfTheOfficialStateDict(Vector vector) throws IOException {
        Set<String> official = stateDict(read(vector)).keySet();

        List<Parameter> parameters = NetworkSummary.parametersOf(vector.network());

        assertThat(parameters.stream().flatMap(parameter -> parameter.names().stream()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(official);
    }

    private static Npz read(Vector vector) throws IOException {
        return Npz.read(Shared.require("vectors/networks/" + vector.file() + ".npz"));
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
