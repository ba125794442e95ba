package dev.irstd.training.onnx;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An image that is written into the graph where something needs it, once in each layout that is needed. */
abstract class Value {
    private final Canvas canvas;
    private final Extent extent;
    private final Map<Layout, String> written = new EnumMap<>(Layout.class);
    private @Nullable Boolean inPairs;

    /**
     * A value that needs others. Those of them that come about as plain pixels are written now, since that is how anything
     * needs them: written at the end, those of a deep network would wait for one another all the way back to its image.
     */
    Value(Canvas canvas, Extent extent, List<Value> needed) {
        this.canvas = canvas;
        this.extent = extent;
        for (Value value : needed) {
            if (!value.inPairs()) {
                value.plain();
            }
        }
    }

    final Canvas canvas() {
        return canvas;
    }

    final Extent extent() {
        return extent;
    }

    /** The name that it has in the graph. */
    final String in(Layout layout) {
        String name = written.get(layout);
        if (name == null) {
            name = make(layout);
            written.put(layout, name);
        }
        return name;
    }

    final String plain() {
        return in(Layout.PLAIN);
    }

    final boolean isWritten(Layout layout) {
        return written.containsKey(layout);
    }

    private String make(Layout layout) {
        if (layout == Layout.PLAIN) {
            return inPairs() ? unpacked() : write(layout);
        }
        if (!inPairs()) {
            return canvas.repack(this, Layout.PLAIN, layout);
        }
        return isWritten(Layout.SHIFTED_PAIRS) ? canvas.repack(this, Layout.SHIFTED_PAIRS, layout) : write(layout);
    }

    /** Writes it in a layout of those that it comes about in: pairs or plain, as {@link #inPairs} says. */
    abstract String write(Layout layout);

    /** Whether it comes about in pairs of pixels, so that plain is a detour. */
    final boolean inPairs() {
        if (inPairs == null) {
            inPairs = comesInPairs();
        }
        return inPairs;
    }

    /** Finds out {@link #inPairs}, which asks what it is made of. */
    boolean comesInPairs() {
        return false;
    }

    /** Whether shifted pairs of it cost no more than pairs. What does not shift is not asked for them. */
    boolean shifts() {
        return false;
    }

    /** Writes plain pixels of what comes about in pairs. */
    String unpacked() {
        return canvas.unpack(in(Layout.PAIRS), extent);
    }

    /** Channels of the images that it is stacked of: each of them is in pairs for itself. */
    List<Integer> parts() {
        return List.of(extent.channels());
    }
}
