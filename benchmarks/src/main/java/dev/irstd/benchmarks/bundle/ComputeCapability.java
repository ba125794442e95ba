package dev.irstd.benchmarks.bundle;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a GPU can run, as NVIDIA numbers it: 9.0 is Hopper (H100, H200).
 *
 * @param major machine code runs on GPUs of its own major number only
 * @param minor machine code runs on this minor number and higher ones
 */
record ComputeCapability(int major, int minor) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,2})\\.(\\d)");

    /** Reads {@code 9.0}. */
    static ComputeCapability of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no compute capability; write it as 9.0"
                    + " (nvidia-smi --query-gpu=compute_cap --format=csv tells it)");
        }
        return new ComputeCapability(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    /** Reads the number of an architecture: 90 is 9.0, 120 is 12.0. */
    static ComputeCapability ofArchitecture(int architecture) {
        return new ComputeCapability(architecture / 10, architecture % 10);
    }

    /** Whether a GPU of this capability runs machine code made for another. */
    boolean runsMachineCodeOf(ComputeCapability other) {
        return major == other.major && minor >= other.minor;
    }

    /** Whether the driver can translate PTX made for another. */
    boolean runsPtxOf(ComputeCapability other) {
        return major > other.major || runsMachineCodeOf(other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
