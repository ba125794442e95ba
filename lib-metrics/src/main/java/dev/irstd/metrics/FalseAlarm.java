package dev.irstd.metrics;

/** What a {@link TargetProtocol} counts as false alarms, and relative to what. */
public enum FalseAlarm {
    /**
     * The pixels of all predicted components that no target took, relative to the pixels of all images. A component that
     * a target took counts none of its pixels, however far it reaches beyond the target.
     */
    UNMATCHED_PIXELS,

    /**
     * As {@link #UNMATCHED_PIXELS}, but a component whose area in pixels equals the area of any component that a target
     * took in the same image is forgotten. A defect of much published code; never above {@link #UNMATCHED_PIXELS}.
     */
    PIXELS_OF_AREAS_NOT_MATCHED,

    /** As {@link #PIXELS_OF_AREAS_NOT_MATCHED}, but relative to 512 x 512 pixels an image, whatever its size. */
    PIXELS_OF_AREAS_NOT_MATCHED_IN_512X512,

    /** The predicted components that agree with no target, relative to the number of all images. */
    UNMATCHED_COMPONENTS
}
