package dev.irstd;

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
     */
    record Cuda(int ordinal) implements Device {
        /** Checks the number. */
        public Cuda {
            if (ordinal < 0) {
                throw new IllegalArgumentException("CUDA device " + ordinal + ": the devices are numbered from 0");
            }
        }

        @Override
        public String toString() {
            return "CUDA device " + ordinal;
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
     * Returns an NVIDIA GPU. It needs a CUDA-capable jar of ONNX Runtime in place of the default one, and the CUDA and
     * cuDNN libraries that jar was built for.
     *
     * @param ordinal number of the GPU as CUDA counts them, from 0
     * @return the device
     * @throws IllegalArgumentException if the number is negative
     */
    static Device cuda(int ordinal) {
        return new Cuda(ordinal);
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
