package dev.irstd.training.data;

/** What a synthetic scene shows behind its targets. */
public enum Background {
    /** A clear sky, warmer towards the horizon. */
    SKY,

    /** A sky with warm clouds. */
    CLOUDS,

    /** Sky above a sea with waves. */
    SEA,

    /** Sky above hills and fields. */
    GROUND
}
