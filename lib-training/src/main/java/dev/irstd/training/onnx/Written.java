package dev.irstd.training.onnx;

import java.util.List;
import java.util.function.Supplier;

/** What comes about as plain pixels. */
final class Written extends Value {
    private final Supplier<String> plain;

    Written(Canvas canvas, Extent extent, List<Value> needed, Supplier<String> plain) {
        super(canvas, extent, needed);
        this.plain = plain;
    }

    @Override
    String write(Layout layout) {
        return canvas().describe(plain.get(), extent(), layout);
    }
}
