package dev.irstd.training.onnx;

import java.util.List;

/** What is left of an image after a ReLU. */
final class Rectified extends Value {
    private final Value x;

    Rectified(Canvas canvas, Value x) {
        super(canvas, x.extent(), List.of(x));
        this.x = x;
    }

    @Override
    boolean comesInPairs() {
        return x.inPairs() && x.parts().size() == 1;
    }

    @Override
    boolean shifts() {
        return x instanceof Convolution conv && conv.shiftsBeforeRelu();
    }

    @Override
    String write(Layout layout) {
        String y = x.in(layout);
        if (layout == Layout.SHIFTED_PAIRS) {
            y = canvas().graph().node("Add", List.of(y, canvas().outside(extent())));
            canvas().describe(y, extent(), layout);
        }
        return canvas().describe(canvas().graph().node("Relu", List.of(y)), extent(), layout);
    }
}
