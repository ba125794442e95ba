package dev.irstd.training.onnx;

import java.util.List;
import java.util.function.UnaryOperator;

/** An enlarged image. What treats all pixels alike and is linear but for a term can as well come before. */
final class Enlarged extends Value {
    private final Value original;
    private final UnaryOperator<String> upsample;

    Enlarged(Canvas canvas, Extent extent, Value original, UnaryOperator<String> upsample) {
        super(canvas, extent, List.of(original));
        this.original = original;
        this.upsample = upsample;
    }

    Value original() {
        return original;
    }

    /** Enlarges another image of the same height and width as the original. */
    Enlarged of(Value other) {
        return new Enlarged(canvas(), extent().withChannels(other.extent().channels()), other, upsample);
    }

    @Override
    String write(Layout layout) {
        return canvas().describe(upsample.apply(original.plain()), extent(), layout);
    }
}
