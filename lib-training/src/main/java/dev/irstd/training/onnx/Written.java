package dev.irstd.training.onnx;

import java.util.function.Supplier;

/** What comes about as plain pixels. */
final class Written extends Value {
    private final Supplier<String> plain;

    Written(Canvas canvas, Extent extent, Supplier<String> plain) {
        super(canvas, extent);
        this.plain = plain;
    }

    @Override
    String write(Layout layout) {
        return canvas().describe(plain.get(), extent(), layout);
    }
}
