package dev.irstd.training.network;

/** What a reduction runs over. */
public enum Over {
    /** The channels of each pixel: the result has one channel. */
    CHANNELS,
    /** The pixels of each channel: the result has one pixel. */
    PIXELS
}
