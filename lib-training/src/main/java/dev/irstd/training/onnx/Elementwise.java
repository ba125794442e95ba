package dev.irstd.training.onnx;

import java.util.List;
import java.util.function.Function;

/** An operation on each element for itself, or on the elements of two images in the same place. */
final class Elementwise extends Value {
    private final List<Value> xs;
    private final Function<List<String>, String> operation;

    /** The result has the first image's shape; the second may be a pixel or a channel that stands for all. */
    Elementwise(Canvas canvas, List<Value> xs, Function<List<String>, String> operation) {
        super(canvas, xs.get(0).extent());
        this.xs = xs;
        this.operation = operation;
    }

    @Override
    boolean inPairs() {
        return xs.stream().anyMatch(Value::inPairs)
                && xs.stream()
                        .allMatch(x -> x.extent().equals(extent()) && x.parts().size() == 1);
    }

    @Override
    String write(Layout layout) {
        return canvas().describe(
                        operation.apply(xs.stream().map(x -> x.in(layout)).toList()), extent(), layout);
    }
}
