package dev.irstd.training.network;

/** The images that there are to feed a network: grey, or grey replicated. */
final class InputChannels {
    private InputChannels() {}

    static int require(String network, int inputChannels) {
        if (inputChannels != 1 && inputChannels != 3) {
            throw new IllegalArgumentException("no " + network + " with " + inputChannels + " input channels (1 or 3)");
        }
        return inputChannels;
    }
}
