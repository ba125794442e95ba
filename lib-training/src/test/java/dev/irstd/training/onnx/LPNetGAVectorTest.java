package dev.irstd.training.onnx;

import dev.irstd.Activation;
import dev.irstd.Detection;
import dev.irstd.InfraredImage;
import dev.irstd.IrstdDetector;
import dev.irstd.Model;
import dev.irstd.ModelManifest;
import dev.irstd.Normalization;
import dev.irstd.Provenance;
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
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
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

    /** The image is larger than the network's input; its target has four pixels there. */
    @Test
    void detectorFindsTheTargetInAnImageOfAnotherSize() throws IOException {
        Npz npz = vector();
        FloatTensor map = tensor(npz, "output");
        int peak = IntStream.range(0, 120 * 120)
                .reduce((a, b) -> map.values()[b] > map.values()[a] ? b : a)
                .orElseThrow();
        Network network = LPNetGA.standard();
        ModelManifest manifest = new ModelManifest(
                network.name(),
                1,
                Normalization.of(0, 255),
                network.geometry(),
                Activation.PROBABILITY,
                0.5f,
                Provenance.unknown());
        byte[] onnx = OnnxExporter.export(network, Weights.of(network, stateDict(npz)), manifest);

        Detection detection;
        try (IrstdDetector detector = IrstdDetector.load(Model.of("LPNetGA", onnx))) {
            detection = detector.detect(InfraredImage.grey8(276, 192, npz.bytes("image"), 0, 276));
        }

        assertThat(detection.targets()).isNotEmpty().anySatisfy(target -> {
            assertThat(target.x()).isCloseTo((peak % 120 + 0.5) * 276 / 120 - 0.5, Offset.offset(3.0));
            assertThat(target.y()).isCloseTo((peak / 120 + 0.5) * 192 / 120 - 0.5, Offset.offset(3.0));
        });
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
