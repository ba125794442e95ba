package dev.irstd.training.network;

/** The channels of an infrared image that networks are fed. */
final class InputChannels {
    private InputChannels() {}

    static int require(String network, int channels) {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("no " + network + " with " + channels + " input channels (1 or 3)");
        }
        return channels;
    }
}
