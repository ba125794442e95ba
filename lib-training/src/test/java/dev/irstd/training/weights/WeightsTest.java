package dev.irstd.training.weights;

import dev.irstd.training.network.DCONet;
import dev.irstd.training.network.Network;
import dev.irstd.training.network.NetworkSummary;
import dev.irstd.training.network.Parameter;
import dev.irstd.training.network.Parameter.Role;
import dev.irstd.training.network.RRCANet;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WeightsTest {
    private static final Network NETWORK = RRCANet.rrcanet10();
    private static final String SHARED = "_layer3_encoder_convs.operator.3.weight";

    /** Uniform in +-1/sqrt(fan-in): within the bounds, near both, and of a third of their square as variance. */
    @Test
    void pytorchInitialisationFillsItsBounds() {
        Weights weights = Weights.initial(NETWORK, Initialisation.PYTORCH, 0.01, 1);

        // 64 channels of 3x3: bound 1 / sqrt(576) = 1 / 24.
        float[] values = weights.get("iteration0" + SHARED).values();
        double bound = 1 / 24.0;
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(values).hasSize(64 * 64 * 9);
        assertThat(largest).isBetween(0.999 * bound, bound);
        assertThat(mean(values)).isCloseTo(0, Offset.offset(5 * bound / Math.sqrt(3 * values.length)));
        assertThat(variance(values)).isCloseTo(bound * bound / 3, Percentage.withPercentage(3));
    }

    @Test
    void pytorchInitialisationBoundsEveryConvolutionByItsFanIn() {
        Weights weights = Weights.initial(NETWORK, Initialisation.PYTORCH, 0.01, 1);

        for (Parameter parameter : parameters()) {
            boolean convolution = parameter.role() == Role.WEIGHT || parameter.role() == Role.BIAS;
            if (convolution && !parameter.name().equals("final.bias")) {
                double bound = 1 / Math.sqrt(parameter.fanIn());
                for (float value : weights.get(parameter.name()).values()) {
                    assertThat(Math.abs((double) value)).as(parameter.name()).isLessThanOrEqualTo((float) bound);
                }
            }
        }
    }

    @Test
    void xavierInitialisationHasItsVariance() {
        Weights weights = Weights.initial(NETWORK, Initialisation.XAVIER_NORMAL, 0.01, 1);

        // 64 channels of 3x3 on both sides: 2 / (576 + 576).
        float[] square = weights.get("iteration0" + SHARED).values();
        assertThat(mean(square)).isCloseTo(0, Offset.offset(5 * Math.sqrt(1 / 576.0 / square.length)));
        assertThat(variance(square)).isCloseTo(1 / 576.0, Percentage.withPercentage(3));
        // 32 to 64 channels of 3x3: 2 / (288 + 576); the deviation of a variance over 18 432 values is 1 %.
        float[] uneven =
                weights.get("iteration0_layer3_encoder_convs.operator.0.weight").values();
        assertThat(variance(uneven)).isCloseTo(2 / 864.0, Percentage.withPercentage(4));
    }

    @Test
    void kaimingInitialisationHasItsVariance() {
        Weights weights = Weights.initial(NETWORK, Initialisation.KAIMING_NORMAL, 0.01, 1);

        // 32 to 64 channels of 3x3: 2 / 288; the deviation of a variance over 18 432 values is 1 %.
        float[] values =
                weights.get("iteration0_layer3_encoder_convs.operator.0.weight").values();
        assertThat(mean(values)).isCloseTo(0, Offset.offset(5 * Math.sqrt(2 / 288.0 / values.length)));
        assertThat(variance(values)).isCloseTo(2 / 288.0, Percentage.withPercentage(4));
    }

    /** AMFU-Net's factors: normal around 1 with deviation 0.02. All else of a norm starts at the identity. */
    @Test
    void kaimingInitialisationSpreadsTheFactorsOfNorms() {
        Weights weights = Weights.initial(NETWORK, Initialisation.KAIMING_NORMAL, 0.01, 1);

        float[] factors = values(weights, Role.SCALE);
        assertThat(mean(factors)).isCloseTo(1, Offset.offset(5 * 0.02 / Math.sqrt(factors.length)));
        assertThat(Math.sqrt(variance(factors))).isCloseTo(0.02, Percentage.withPercentage(10));
        assertThat(values(weights, Role.RUNNING_VARIANCE)).containsOnly(1);
        assertThat(values(weights, Role.SHIFT)).containsOnly(0);
        assertThat(values(weights, Role.RUNNING_MEAN)).containsOnly(0);
    }

    @Test
    void initialisationOfDCONetIsXaviersWithoutBiasesWhereTheTargetIsEstimated() {
        Network network = DCONet.standard().withStages(1);
        Weights weights = Weights.initial(network, Initialisation.DCONET, 0.01, 1);

        assertThat(weights.get("decos.0.sparse.conv_i.bias").values()).containsOnly(0);
        assertThat(weights.get("decos.0.sparse.conv_out.bias").values()).containsOnly(0);
        // 3x3 over 32 channels: uniform in +-1 / sqrt(288).
        float[] bias = weights.get("decos.0.merge.mapping.3.bias").values();
        assertThat(variance(bias)).isCloseTo(1 / 288.0 / 3, Percentage.withPercentage(50));
        // 32 to 32 channels of 3x3: 2 / (288 + 288).
        float[] convolution = weights.get("decos.0.sparse.conv_i.weight").values();
        assertThat(variance(convolution)).isCloseTo(1 / 288.0, Percentage.withPercentage(6));
        // 512 to 512 without a kernel: uniform in +-1 / sqrt(512).
        float[] linear = weights.get("decos.0.lowrank.unet.b5.att.ln.weight").values();
        assertThat(variance(linear)).isCloseTo(1 / 512.0 / 3, Percentage.withPercentage(3));
    }

    @ParameterizedTest
    @EnumSource(value = Initialisation.class, mode = EnumSource.Mode.EXCLUDE, names = "KAIMING_NORMAL")
    void normsStartAtTheIdentity(Initialisation initialisation) {
        Weights weights = Weights.initial(NETWORK, initialisation, 0.01, 1);

        for (Parameter parameter : parameters()) {
            float[] values = weights.get(parameter.name()).values();
            switch (parameter.role()) {
                case SCALE, RUNNING_VARIANCE -> assertThat(values).containsOnly(1);
                case SHIFT, RUNNING_MEAN -> assertThat(values).containsOnly(0);
                case WEIGHT, BIAS -> {}
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 0.9})
    void headStartsAtThePrior(double prior) {
        Weights weights = Weights.initial(NETWORK, Initialisation.PYTORCH, prior, 1);

        double bias = weights.get("final.bias").values()[0];
        assertThat(1 / (1 + Math.exp(-bias))).isCloseTo(prior, Offset.offset(1e-7));
        assertThat(bias).isCloseTo(Math.log(prior / (1 - prior)), Offset.offset(1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
    void refusesPriorsThatNoBiasGives(double prior) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Weights.initial(NETWORK, Initialisation.PYTORCH, prior, 1))
                .withMessageContaining("prior " + prior);
    }

    @ParameterizedTest
    @EnumSource(Initialisation.class)
    void sameSeedGivesTheSameWeights(Initialisation initialisation) {
        Weights one = Weights.initial(NETWORK, initialisation, 0.01, 7);
        Weights again = Weights.initial(NETWORK, initialisation, 0.01, 7);
        Weights other = Weights.initial(NETWORK, initialisation, 0.01, 8);

        one.tensors()
                .forEach((name, tensor) ->
                        assertThat(again.get(name).values()).as(name).isEqualTo(tensor.values()));
        assertThat(other.get("final.weight").values())
                .isNotEqualTo(one.get("final.weight").values());
    }

    @Test
    void readsASharedParameterUnderAnyOfItsNames() {
        Map<String, FloatTensor> stateDict = stateDict();
        FloatTensor shared = stateDict.remove("iteration0" + SHARED);
        stateDict.put("iteration2" + SHARED, shared);

        assertThat(Weights.of(NETWORK, stateDict).get("iteration0" + SHARED)).isSameAs(shared);
    }

    @Test
    void refusesASharedParameterThatDiffersUnderItsNames() {
        Map<String, FloatTensor> stateDict = stateDict();
        FloatTensor shared = stateDict.get("iteration0" + SHARED);
        float[] values = shared.values().clone();
        values[17] = Math.nextUp(values[17]);
        stateDict.put("iteration1" + SHARED, new FloatTensor(shared.shape(), values));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Weights.of(NETWORK, stateDict))
                .withMessageContaining("\"iteration0" + SHARED + "\" and \"iteration1" + SHARED + "\"")
                .withMessageContaining("differ");
    }

    @Test
    void namesAMissingParameter() {
        Map<String, FloatTensor> stateDict = stateDict();
        stateDict.remove("conv0_0.0.bn1.running_var");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Weights.of(NETWORK, stateDict))
                .withMessageContaining("no \"conv0_0.0.bn1.running_var\"")
                .withMessageContaining("RRCANet-ResNet10");
    }

    @Test
    void namesAParameterOfAnotherShape() {
        Map<String, FloatTensor> stateDict = stateDict();
        stateDict.put("final.weight", new FloatTensor(List.of(1, 4, 1, 2), new float[8]));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Weights.of(NETWORK, stateDict))
                .withMessageContaining("\"final.weight\" has shape [1, 4, 1, 2]")
                .withMessageContaining("needs [1, 8, 1, 1]");
    }

    @Test
    void ignoresKeysThatTheNetworkDoesNotKnow() {
        Map<String, FloatTensor> stateDict = stateDict();
        stateDict.put("conv0_0.0.bn1.num_batches_tracked", new FloatTensor(List.of(), new float[1]));

        assertThat(Weights.of(NETWORK, stateDict).tensors()).hasSameSizeAs(parameters());
    }

    @Test
    void namesAParameterThatIsAskedForInVain() {
        Weights weights = Weights.initial(NETWORK, Initialisation.PYTORCH, 0.01, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> weights.get("final.weights"))
                .withMessageContaining("\"final.weights\"");
    }

    @Test
    void aDeeperNetworkTakesWhatFitsOfAShallowerOne() {
        Network deeper = RRCANet.rrcanet34();
        Weights rest = Weights.initial(deeper, Initialisation.PYTORCH, 0.01, 2);
        Map<String, FloatTensor> shallow = stateDict();
        shallow.put("final.weight", new FloatTensor(List.of(1, 4, 1, 2), new float[8]));

        Weights weights = Weights.fitting(deeper, shallow, rest);

        assertThat(weights.tensors().keySet()).isEqualTo(rest.tensors().keySet());
        assertThat(weights.get("iteration0" + SHARED)).isSameAs(shallow.get("iteration0" + SHARED));
        String onlyDeeper = "iteration0_layer3_encoder_convs.operator.6.weight";
        assertThat(shallow).doesNotContainKey(onlyDeeper);
        assertThat(weights.get(onlyDeeper)).isSameAs(rest.get(onlyDeeper));
        assertThat(weights.get("final.weight")).isSameAs(rest.get("final.weight"));
    }

    @Test
    void refusesToTakeWhatFitsOfAnUnrelatedNetwork() {
        Weights rest = Weights.initial(NETWORK, Initialisation.PYTORCH, 0.01, 2);
        Map<String, FloatTensor> unrelated = Map.of("features.0.weight", new FloatTensor(List.of(1), new float[1]));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Weights.fitting(NETWORK, unrelated, rest))
                .withMessageContaining("RRCANet-ResNet10");
    }

    private static Map<String, FloatTensor> stateDict() {
        return new LinkedHashMap<>(
                Weights.initial(NETWORK, Initialisation.PYTORCH, 0.01, 1).tensors());
    }

    private static List<Parameter> parameters() {
        return NetworkSummary.of(NETWORK, 8, 8).parameters();
    }

    private static float[] values(Weights weights, Role role) {
        List<float[]> tensors = parameters().stream()
                .filter(parameter -> parameter.role() == role)
                .map(parameter -> weights.get(parameter.name()).values())
                .toList();
        FloatBuffer values = FloatBuffer.allocate(
                tensors.stream().mapToInt(tensor -> tensor.length).sum());
        tensors.forEach(values::put);
        return values.array();
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double variance(float[] values) {
        double mean = mean(values);
        double sum = 0;
        for (float value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / values.length;
    }

    @Test
    void meanIsThatOfEachElement() {
        Weights one = Weights.initial(NETWORK, Initialisation.PYTORCH, 0.01, 1);
        Weights other = Weights.initial(NETWORK, Initialisation.PYTORCH, 0.01, 2);

        Weights mean = Weights.mean(List.of(one, other, other));

        assertThat(mean.tensors().keySet())
                .containsExactlyElementsOf(one.tensors().keySet());
        for (Map.Entry<String, FloatTensor> tensor : mean.tensors().entrySet()) {
            float[] ones = one.get(tensor.getKey()).values();
            float[] others = other.get(tensor.getKey()).values();
            for (int i = 0; i < ones.length; i++) {
                assertThat(tensor.getValue().values()[i])
                        .isEqualTo((float) (((double) ones[i] + others[i] + others[i]) / 3));
            }
        }
    }

    @Test
    void meanOfOneIsItself() {
        Weights weights = Weights.initial(NETWORK, Initialisation.PYTORCH, 0.01, 1);

        Weights.mean(List.of(weights)).tensors().forEach((name, tensor) -> assertThat(tensor.values())
                .containsExactly(weights.get(name).values()));
    }

    @Test
    void differentNetworksHaveNoMean() {
        Weights ten = Weights.initial(NETWORK, Initialisation.PYTORCH, 0.01, 1);
        Weights eighteen = Weights.initial(RRCANet.rrcanet18(), Initialisation.PYTORCH, 0.01, 1);

        assertThatIllegalArgumentException().isThrownBy(() -> Weights.mean(List.of(ten, eighteen)));
        assertThatIllegalArgumentException().isThrownBy(() -> Weights.mean(List.of(eighteen, ten)));
        assertThatIllegalArgumentException().isThrownBy(() -> Weights.mean(List.of()));
    }
}
