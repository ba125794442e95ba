package dev.irstd.training.network;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

/** What the specification says that networks cost. */
final class Costs {
    private Costs() {}

    /** Parameters, and MACs in G at 256x256: each execution, each module once, as papers count. */
    static void requireOf(Network network, long parameters, String macs, String macsOnce, String macsAsPapersCount) {
        NetworkSummary summary = NetworkSummary.of(network, 256, 256);

        assertThat(summary.parameterCount()).isEqualTo(parameters);
        assertThat(List.of(inG(summary.macs()), inG(summary.macsOnce()), inG(summary.macsAsPapersCount())))
                .containsExactly(macs, macsOnce, macsAsPapersCount);
    }

    /** The entries of an official state_dict: every name of every parameter, and a batch counter for each batch norm. */
    static long tensors(Network network) {
        NetworkSummary summary = NetworkSummary.of(network, 64, 64);
        long names = summary.parameters().stream()
                .map(Parameter::names)
                .mapToLong(Collection::size)
                .sum();
        return names
                + summary.layers().stream().filter(BatchNorm.class::isInstance).count();
    }

    private static String inG(long macs) {
        return String.format(Locale.ROOT, "%.3f", macs / 1e9);
    }
}
