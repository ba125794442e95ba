package dev.irstd;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Where a network runs. What was asked for is what is used, or building the detector fails; only {@link #auto()}
 * chooses, and {@link IrstdDetector#device()} tells what it chose.
 */
public sealed interface Device {
    /** The processor. */
    record Cpu() implements Device {
        @Override
        public String toString() {
            return "CPU";
        }
    }

    /**
     * An NVIDIA GPU.
     *
     * @param ordinal number of the GPU as CUDA counts them, from 0
     * @param precision how exactly 32-bit numbers are multiplied
     * @param search how the algorithm of a convolution is chosen
     * @param placement whether operations may run on the processor
     * @param memoryLimit bytes that ONNX Runtime's own pool on the GPU may grow to, if limited; CUDA's libraries take more
     *     beside it
     */
    record Cuda(int ordinal, Precision precision, AlgorithmSearch search, Placement placement, OptionalLong memoryLimit)
            implements Device {
        /** Checks the numbers. */
        public Cuda {
            if (ordinal < 0) {
                throw new IllegalArgumentException("CUDA device " + ordinal + ": the devices are numbered from 0");
            }
            Objects.requireNonNull(precision, "precision");
            Objects.requireNonNull(search, "search");
            Objects.requireNonNull(placement, "placement");
            if (memoryLimit.isPresent() && memoryLimit.getAsLong() < 1) {
                throw new IllegalArgumentException("memory limit of " + memoryLimit.getAsLong()
                        + " bytes: the limit must be at least 1 byte; a network needs some hundred MB");
            }
        }

        /** How exactly 32-bit numbers are multiplied. */
        public enum Precision {
            /** With all 24 bits of each, the default: scores agree with those of the processor. */
            FLOAT32,
            /** With 11 bits of each on GPUs of compute capability 8.0 and newer: faster, and scores differ. */
            TF32
        }

        /** How the algorithm of a convolution is chosen. */
        public enum AlgorithmSearch {
            /** By cuDNN's rules, the default: a new image size costs no search. */
            HEURISTIC,
            /** By timing all of them whenever an image size is new: for images of one size, detected for long. */
            EXHAUSTIVE
        }

        /** Whether operations may run on the processor. */
        public enum Placement {
            /** Each runs on the GPU, but for the arithmetic of sizes, or the detector is not built; the default. */
            GPU_ONLY,
            /** What the GPU cannot run runs on the processor, with copies between the two. */
            CPU_FALLBACK
        }

        /**
         * Returns the same device with another precision.
         *
         * @param precision how exactly 32-bit numbers are multiplied
         * @return a device
         */
        public Cuda with(Precision precision) {
            return new Cuda(ordinal, precision, search, placement, memoryLimit);
        }

        /**
         * Returns the same device with another search.
         *
         * @param search how the algorithm of a convolution is chosen
         * @return a device
         */
        public Cuda with(AlgorithmSearch search) {
            return new Cuda(ordinal, precision, search, placement, memoryLimit);
        }

        /**
         * Returns the same device with another placement.
         *
         * @param placement whether operations may run on the processor
         * @return a device
         */
        public Cuda with(Placement placement) {
            return new Cuda(ordinal, precision, search, placement, memoryLimit);
        }

        /**
         * Returns the same device with a limit.
         *
         * @param bytes what ONNX Runtime's own pool on the GPU may grow to, at least 1
         * @return a device
         * @throws IllegalArgumentException if the limit is below 1
         */
        public Cuda withMemoryLimit(long bytes) {
            return new Cuda(ordinal, precision, search, placement, OptionalLong.of(bytes));
        }

        /** The number, and what of the settings may change scores. */
        @Override
        public String toString() {
            List<String> settings = new ArrayList<>();
            if (precision == Precision.TF32) {
                settings.add("TF32");
            }
            if (placement == Placement.CPU_FALLBACK) {
                settings.add("CPU fallback");
            }
            return "CUDA device " + ordinal + (settings.isEmpty() ? "" : " (" + String.join(", ", settings) + ")");
        }
    }

    /** The first CUDA device where one can run the model, otherwise the processor. */
    record Auto() implements Device {
        @Override
        public String toString() {
            return "auto";
        }
    }

    /**
     * Returns the processor.
     *
     * @return the device that works everywhere, the default
     */
    static Device cpu() {
        return new Cpu();
    }

    /**
     * Returns an NVIDIA GPU. It needs a build of ONNX Runtime for CUDA in place of the default one, and the driver and
     * libraries which that was built for.
     *
     * @param ordinal number of the GPU as CUDA counts them, from 0
     * @return the device, with the defaults of its settings
     * @throws IllegalArgumentException if the number is negative
     */
    static Cuda cuda(int ordinal) {
        return new Cuda(
                ordinal,
                Cuda.Precision.FLOAT32,
                Cuda.AlgorithmSearch.HEURISTIC,
                Cuda.Placement.GPU_ONLY,
                OptionalLong.empty());
    }

    /**
     * Returns the choice between CUDA device 0 and the processor, made when a detector is built and logged then.
     *
     * @return the device that is decided later
     */
    static Device auto() {
        return new Auto();
    }
}
