package dev.irstd.benchmarks;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What the bundle does on a machine, on the processor. */
class DevicesTest {
    @TempDir
    Path folder;

    @Test
    void modelsAgreeWithTheirOwnVectorsOnly() throws IOException, OrtException {
        Parity.in(folder).write();
        assertThat(checked(DeviceSession.CPU)).isZero();

        Path vector = folder.resolve(MeasuredModel.RRCANET_18 + "-256x256.scores");
        Path other = folder.resolve("rrcanet18AnySensor-256x256.scores");
        Files.write(vector, Files.readAllBytes(other));
        assertThat(checked(DeviceSession.CPU)).isEqualTo(Parity.DIFFERENT);
    }

    @Test
    void aDeviceThatCannotRunIsNoDifference() throws IOException, OrtException {
        Parity.in(folder).write();
        assertThat(checked(DeviceSession.CUDA)).isEqualTo(Parity.NOT_RUN);
    }

    private int checked(String device) throws IOException {
        assumeThat(device.equals(DeviceSession.CUDA) && hasCuda()).isFalse();
        Parity parity = Parity.in(folder);
        parity.check(device);
        return parity.exitCode();
    }

    private static boolean hasCuda() {
        try (DeviceSession session = DeviceSession.open(DeviceFloor.graph("Neg", 2, 1), DeviceSession.CUDA, false)) {
            return true;
        } catch (OrtException e) {
            return false;
        }
    }

    @Test
    void aBatchGivesTheScoresOfItsImages() throws OrtException {
        DeviceBenchmark.OpenSession state = new DeviceBenchmark.OpenSession();
        state.size = "64x64";
        state.batch = 2;
        state.open();
        try {
            FloatBuffer scores = new DeviceBenchmark().network(state);
            float[] first = new float[64 * 64];
            float[] second = new float[64 * 64];
            scores.get(0, first).get(first.length, second);
            assertThat(scores.capacity()).isEqualTo(2 * 64 * 64);
            assertThat(Agreement.difference(first, second)).isLessThan(1e-6);
        } finally {
            state.close();
        }
    }

    @Test
    void detectionAndNetworkGiveTheSameScores() throws OrtException {
        DeviceBenchmark.OpenDetector detector = new DeviceBenchmark.OpenDetector();
        DeviceBenchmark.OpenSession session = new DeviceBenchmark.OpenSession();
        detector.size = session.size = "64x64";
        detector.open();
        session.open();
        try {
            float[] scores = new float[64 * 64];
            new DeviceBenchmark().network(session).get(0, scores);
            assertThat(Agreement.difference(
                            new DeviceBenchmark().detect(detector).scoreMap().toArray(), scores))
                    .isLessThan(1e-6);
        } finally {
            detector.close();
            session.close();
        }
    }

    @Test
    void floorGraphsReturnTheLargestOfTheirNumbers() throws OrtException {
        float bound = (float) Math.sqrt(3.0 / 8);
        assertThat(largest("Neg", 8, 3)).isBetween(0.1f, bound);
        // Each element of a product is at most 8 times the square of the bound.
        assertThat(largest("MatMul", 8, 1)).isBetween(0.1f, 8 * bound * bound);
    }

    private static float largest(String operation, int order, int times) throws OrtException {
        byte[] onnx = DeviceFloor.graph(operation, order, times);
        try (DeviceSession session = DeviceSession.openAsWritten(onnx, DeviceSession.CPU, false)) {
            session.takeOutput(1, 1);
            return session.run().get(0);
        }
    }

    @Test
    void trafficIsWhatEveryOperationReadsAndWrites() throws OrtException, IOException {
        // 16 random numbers are written, read and written twice, and read by the reduction, which writes one.
        byte[] onnx = DeviceFloor.graph("Neg", 4, 2);
        Path profile;
        try (DeviceSession session = DeviceSession.openProfiled(onnx, DeviceSession.CPU, folder.resolve("profile"))) {
            session.takeOutput(1, 1);
            session.run();
            profile = session.endProfile();
        }
        assertThat(Traffic.bytes(profile)).isEqualTo(4 * (16 + 2 * 2 * 16 + 16 + 1));
    }

    @Test
    void readsWhatPyTorchMeasured() throws IOException {
        Path file = folder.resolve("pytorch.csv");
        Files.writeString(file, "cuda;PyTorch 2, eager;640x512;4;1.5\ncpu;PyTorch 2, eager;640x512;4;9\n");

        assertThat(PyTorchTimes.read(file, "cuda", new Size(640, 512)))
                .containsExactly(new PyTorchTimes.Line("cuda", "PyTorch 2, eager", "640x512", 4, 1.5));
        assertThat(PyTorchTimes.read(folder.resolve("none.csv"), "cuda", new Size(640, 512)))
                .isEmpty();
    }

    @Test
    void unknownDeviceIsNamed() {
        assertThatThrownBy(() -> DeviceSession.open(new byte[0], "gpu", false))
                .hasMessage("\"gpu\" is no device; take cpu or cuda");
    }
}
