package dev.irstd.training.onnx;

import dev.irstd.testing.Npz;
import dev.irstd.testing.Shared;
import dev.irstd.training.network.LPNetGA;
import dev.irstd.training.network.LPNetGA.Statistics;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.NetworkSummary;
import dev.irstd.training.network.Parameter;
import dev.irstd.training.torch.TorchSession;
import dev.irstd.training.weights.FloatTensor;
import dev.irstd.training.weights.Tensors;
import dev.irstd.training.weights.Weights;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Against the official network with its published weights, on an image of NUAA-SIRST. */
class LPNetGAVectorTest {
    /** The readers of a network. */
    enum Reader {
        TORCH {
            @Override
            List<FloatTensor> outputs(Network network, Weights weights, FloatTensor image) {
                try (TorchSession session = new TorchSession(network, weights, weights)) {
                    return session.logits(image);
                }
            }
        },
        ONNX_RUNTIME {
            @Override
            List<FloatTensor> outputs(Network network, Weights weights, FloatTensor image) {
                return Onnx.outputs(network, weights, image);
            }
        };

        abstract List<FloatTensor> outputs(Network network, Weights weights, FloatTensor image);
    }

    @BeforeAll
    static void computeOnOneThread() {
        TorchSession.configure(1);
    }

    @ParameterizedTest
    @EnumSource
    void givesTheOfficialOutputsByRunningStatistics(Reader reader) throws IOException {
        Npz npz = vector();

        List<FloatTensor> outputs = outputs(reader, LPNetGA.standard(), npz);

        assertThat(outputs).hasSize(3);
        assertThat(outputs.get(0).shape()).containsExactly(1, 100, 30, 30);
        FloatTensor patches =
                new FloatTensor(List.of(1, 100, 900), outputs.get(0).values());
        assertThat(Tensors.distance(patches, tensor(npz, "patches"))).isLessThan(1e-4);
        assertThat(Tensors.distance(outputs.get(1), tensor(npz, "attention"))).isLessThan(1e-6);
        assertThat(Tensors.distance(outputs.get(2), tensor(npz, "output"))).isLessThan(1e-4);
    }

    @ParameterizedTest
    @EnumSource
    void givesTheOutputsOfTheOfficialTestByStatisticsOfEachImage(Reader reader) throws IOException {
        Npz npz = vector();

        List<FloatTensor> outputs = outputs(reader, LPNetGA.standard().withStatistics(Statistics.OF_EACH_IMAGE), npz);

        assertThat(Tensors.distance(outputs.get(1), tensor(npz, "attention_batchstats")))
                .isLessThan(1e-3);
        assertThat(Tensors.distance(outputs.get(2), tensor(npz, "output_batchstats")))
                .isLessThan(1e-3);
    }

    @Test
    void knowsEveryTensorOfTheOfficialStateDict() throws IOException {
        assertThat(NetworkSummary.parametersOf(LPNetGA.standard()).stream().map(Parameter::name))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(stateDict(vector()).keySet());
    }

    private static List<FloatTensor> outputs(Reader reader, Network network, Npz npz) {
        return reader.outputs(network, Weights.of(network, stateDict(npz)), tensor(npz, "input"));
    }

    private static Npz vector() throws IOException {
        return Npz.read(Shared.require("vectors/networks/lpnetga_sirst.npz"));
    }

    /** Only what belongs to a module has a dot in its name. */
    private static Map<String, FloatTensor> stateDict(Npz npz) {
        Map<String, FloatTensor> stateDict = new LinkedHashMap<>();
        for (String key : npz.keys()) {
            if (key.contains(".") && !key.endsWith(".num_batches_tracked")) {
                stateDict.put(key, tensor(npz, key));
            }
        }
        return stateDict;
    }

    private static FloatTensor tensor(Npz npz, String key) {
        List<Integer> shape = Arrays.stream(npz.shape(key)).boxed().toList();
        return new FloatTensor(shape, npz.floats(key));
    }
}
