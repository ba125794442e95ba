package dev.irstd.metrics;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.irstd.metrics.MetricVectors.Pair;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.irstd.metrics.TargetProtocol.DCONET;
import static dev.irstd.metrics.TargetProtocol.LEGACY_AREA;
import static dev.irstd.metrics.TargetProtocol.LPNETGA;
import static dev.irstd.metrics.TargetProtocol.MARKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;

/** Against 40 pairs that the official code has counted; the totals stand in the specification of the metrics. */
class MetricVectorsTest {
    private static MetricVectors vectors;

    /** Before each test, not once: only so are they reported as skipped where the vectors are missing. */
    @BeforeEach
    void read() throws IOException {
        if (vectors == null) {
            vectors = MetricVectors.read();
        }
    }

    @Test
    void countsEachImageAsTheOfficialCode() {
        JsonArray expected = vectors.expected().getAsJsonArray("per_image");
        assertThat(vectors.pairs()).hasSize(40).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            MetricsAccumulator accumulator = new MetricsAccumulator(LEGACY_AREA, MARKED);
            Pair pair = vectors.pairs().get(i);
            accumulator.add(pair.prediction(), pair.truth());

            Metrics actual = accumulator.metrics();
            PixelMetrics pixels = actual.pixels();
            JsonObject image = expected.get(i).getAsJsonObject();
            assertThat(new long[] {
                        pixels.truePositives(),
                        pixels.truePositives() + pixels.falsePositives() + pixels.falseNegatives(),
                        actual.targets(MARKED).targets(),
                        actual.targets(MARKED).detectedTargets(),
                        actual.targets(MARKED).falsePixels(),
                        actual.targets(LEGACY_AREA).targets(),
                        actual.targets(LEGACY_AREA).detectedTargets(),
                        actual.targets(LEGACY_AREA).falsePixels()
                    })
                    .as("image %d", i)
                    .containsExactly(
                            image.get("inter").getAsLong(),
                            image.get("union").getAsLong(),
                            image.get("targets").getAsLong(),
                            image.get("matched").getAsLong(),
                            image.get("false_pixels_corrected").getAsLong(),
                            image.get("targets").getAsLong(),
                            image.get("matched").getAsLong(),
                            image.get("false_pixels_official").getAsLong());
        }
    }

    @Test
    void pixelFiguresOfAllImages() {
        PixelMetrics pixels = all().pixels();

        assertThat(pixels.images()).isEqualTo(40);
        assertThat(pixels.emptyUnions()).isEqualTo(1);
        assertThat(pixels.truePositives()).isEqualTo(1190);
        assertThat(pixels.falsePositives()).isEqualTo(1615);
        assertThat(pixels.falseNegatives()).isEqualTo(613);
        assertThat(pixels.iou()).isEqualTo(0.3481568168519602, withPrecision(1e-12));
        assertThat(pixels.nIou(EmptyUnion.ONE)).isEqualTo(0.3625586124406768, withPrecision(1e-12));
        assertThat(pixels.nIou(EmptyUnion.SKIP)).isEqualTo(0.3462139614776166, withPrecision(1e-12));
        assertThat(pixels.nIou(EmptyUnion.ZERO)).isEqualTo(0.3375586124406771, withPrecision(1e-12));
        assertThat(pixels.precision()).isEqualTo(0.424242, withPrecision(5e-7));
        assertThat(pixels.recall()).isEqualTo(0.6600111126899719, withPrecision(1e-7)); // in float32
        assertThat(pixels.f1()).isEqualTo(0.516493, withPrecision(5e-7));
    }

    @Test
    void targetFiguresOfAllImages() {
        TargetMetrics marked = all().targets(MARKED);
        TargetMetrics legacy = all().targets(LEGACY_AREA);

        assertThat(marked.pixels()).isEqualTo(2_583_527);
        assertThat(marked.targets()).isEqualTo(legacy.targets()).isEqualTo(69);
        assertThat(marked.detectedTargets()).isEqualTo(legacy.detectedTargets()).isEqualTo(58);
        assertThat(marked.pd()).isEqualTo(0.8405797101449275, withPrecision(1e-12));
        assertThat(marked.falsePixels()).isEqualTo(1280);
        assertThat(marked.fa()).isEqualTo(4.954467284452611e-4, withPrecision(1e-16));
        assertThat(legacy.falsePixels()).isEqualTo(957);
        assertThat(legacy.fa()).isEqualTo(3.704238430641522e-4, withPrecision(1e-16));
    }

    @Test
    void dconetFiguresOfAllImages() {
        MetricsAccumulator accumulator = new MetricsAccumulator(DCONET);
        vectors.pairs().forEach(pair -> accumulator.add(pair.prediction(), pair.truth()));

        TargetMetrics dconet = accumulator.metrics().targets(DCONET);
        assertThat(dconet.detectedTargets()).isEqualTo(50);
        assertThat(dconet.falsePixels()).isEqualTo(1310);
        assertThat(dconet.pd()).isEqualTo(0.7246377, withPrecision(5e-8));
        assertThat(dconet.fa()).isEqualTo(1.24931e-4, withPrecision(5e-10));
    }

    @Test
    void lpNetGaFiguresOfAllImages() {
        MetricsAccumulator accumulator = new MetricsAccumulator(LPNETGA);
        vectors.pairs().forEach(pair -> accumulator.add(pair.prediction(), pair.truth()));

        TargetMetrics lpNetGa = accumulator.metrics().targets(LPNETGA);
        assertThat(lpNetGa.images()).isEqualTo(40);
        assertThat(lpNetGa.targets()).isEqualTo(69);
        assertThat(lpNetGa.matchedPredictions()).isEqualTo(64);
        assertThat(lpNetGa.detectedTargets()).isEqualTo(61);
        assertThat(lpNetGa.predictions() - lpNetGa.matchedPredictions()).isEqualTo(61);
        assertThat(lpNetGa.pd()).isEqualTo(0.927536, withPrecision(5e-7));
        assertThat(lpNetGa.fa()).isEqualTo(1.525);
        assertThat(lpNetGa.precision()).isEqualTo(0.5);
        assertThat(lpNetGa.recall()).isEqualTo(0.884058, withPrecision(5e-7));
        assertThat(lpNetGa.f1()).isEqualTo(0.638743, withPrecision(5e-7));
    }

    @Test
    void lpNetGaPixelFiguresLeaveOutImagesWithoutTargets() {
        MetricsAccumulator accumulator = new MetricsAccumulator();
        vectors.pairs().stream()
                .filter(pair -> pair.truth().area() > 0)
                .forEach(pair -> accumulator.add(pair.prediction(), pair.truth()));

        PixelMetrics pixels = accumulator.metrics().pixels();
        assertThat(pixels.images()).isEqualTo(38);
        assertThat(pixels.falsePositives()).isEqualTo(1538);
        assertThat(pixels.precision()).isEqualTo(0.436217, withPrecision(5e-7));
        assertThat(pixels.f1()).isEqualTo(0.525270, withPrecision(5e-7));
    }

    @Test
    void sweepOf300StepsGivesTheOfficialCurve() {
        double[] pd = vectors.arrays().doubles("pd300_official");
        double[] fa = vectors.arrays().doubles("fa300_official");

        List<OperatingPoint> points = sweep(300);

        assertThat(points).hasSize(301);
        for (int i = 0; i < points.size(); i++) {
            TargetMetrics legacy = points.get(i).metrics().targets(LEGACY_AREA);
            assertThat(legacy.pd()).as("Pd at %d/300", i).isEqualTo(pd[i], withPrecision(1e-12));
            assertThat(legacy.fa()).as("Fa at %d/300", i).isEqualTo(fa[i], withPrecision(1e-6 * fa[i])); // in float32
        }
    }

    @Test
    void sweepOf10StepsGivesTheCurveOfTheCorrectReading() {
        JsonObject expected = vectors.expected().getAsJsonObject("corrected_bins10");

        List<OperatingPoint> points = sweep(10);

        for (int i = 0; i <= 10; i++) {
            TargetMetrics marked = points.get(i).metrics().targets(MARKED);
            assertThat(marked.pd())
                    .as("Pd at %d/10", i)
                    .isEqualTo(expected.getAsJsonArray("PD").get(i).getAsDouble(), withPrecision(1e-12));
            assertThat(marked.fa())
                    .as("Fa at %d/10", i)
                    .isEqualTo(expected.getAsJsonArray("FA").get(i).getAsDouble(), withPrecision(1e-12));
        }
    }

    /** Its own constants: 0.001 in each denominator, logits of probabilities held within 1e-6 of 0 and 1. */
    @Test
    void pixelRocOf10StepsGivesTheOfficialCurve() {
        JsonObject expected = vectors.expected().getAsJsonObject("ROCMetric_bins10_official");
        ThresholdSweep sweep = new ThresholdSweep(ThresholdSweep.evenThresholds(10));
        vectors.pairs().forEach(pair -> sweep.add(pair.clampedScores(), pair.truth()));

        List<OperatingPoint> points = sweep.points();
        for (int i = 0; i <= 10; i++) {
            PixelMetrics pixels = points.get(i).metrics().pixels();
            double positives = pixels.truePositives() + pixels.falseNegatives();
            double negatives = pixels.falsePositives() + pixels.trueNegatives();
            assertThat(pixels.truePositives() / (positives + 0.001))
                    .as("true-positive rate at %d/10", i)
                    .isEqualTo(expected.getAsJsonArray("tp_rates").get(i).getAsDouble(), withPrecision(1e-12));
            assertThat(pixels.falsePositives() / (negatives + 0.001))
                    .as("false-positive rate at %d/10", i)
                    .isEqualTo(expected.getAsJsonArray("fp_rates").get(i).getAsDouble(), withPrecision(1e-12));
        }
    }

    /** The older of the official trees compares raw logits with 0, 1, 2, ... */
    @Test
    void sweepOverLogitsGivesTheCurveOfTheOlderCode() {
        JsonObject expected = vectors.expected().getAsJsonObject("RRCA_Net_PD_FA_256x256_pairs");
        float[] thresholds = new float[17];
        for (int logit = 0; logit < thresholds.length; logit++) {
            thresholds[logit] = (float) (1 / (1 + Math.exp(-logit)));
        }
        ThresholdSweep sweep = new ThresholdSweep(thresholds, LEGACY_AREA);
        vectors.pairs().subList(0, 20).forEach(pair -> sweep.add(pair.clampedScores(), pair.truth()));

        for (int logit = 0; logit < thresholds.length; logit++) {
            TargetMetrics legacy = sweep.points().get(logit).metrics().targets(LEGACY_AREA);
            assertThat(legacy.pd())
                    .as("Pd at logit %d", logit)
                    .isEqualTo(expected.getAsJsonArray("PD").get(logit).getAsDouble(), withPrecision(1e-12));
            assertThat(legacy.fa())
                    .as("Fa at logit %d", logit)
                    .isEqualTo(expected.getAsJsonArray("FA").get(logit).getAsDouble(), withPrecision(1e-12));
        }
    }

    @Test
    void storedPredictionsAreTheScoresAboveOneHalf() {
        assertThat(vectors.pairs())
                .allSatisfy(pair -> assertThat(pair.scores().above(0.5f)).isEqualTo(pair.prediction()));
    }

    private static List<OperatingPoint> sweep(int steps) {
        ThresholdSweep sweep = new ThresholdSweep(ThresholdSweep.evenThresholds(steps), LEGACY_AREA, MARKED);
        vectors.pairs().forEach(pair -> sweep.add(pair.scores(), pair.truth()));
        return sweep.points();
    }

    private static Metrics all() {
        MetricsAccumulator accumulator = new MetricsAccumulator(LEGACY_AREA, MARKED);
        vectors.pairs().forEach(pair -> accumulator.add(pair.prediction(), pair.truth()));
        return accumulator.metrics();
    }
}
