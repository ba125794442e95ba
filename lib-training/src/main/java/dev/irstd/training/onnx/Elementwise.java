package dev.irstd.training.onnx;

import java.util.List;
import java.util.function.Function;

/** An operation on each element for itself, or on the elements of two images in the same place. */
final class Elementwise extends Value {
    private final List<Value> xs;
    private final Function<List<String>, String> operation;

    /** The result has the first image's shape; the second may be a pixel or a channel that stands for all. */
    Elementwise(Canvas canvas, List<Value> xs, Function<List<String>, String> operation) {
        super(canvas, xs.get(0).extent(), xs);
        this.xs = xs;
        this.operation = operation;
    }

    @Override
    boolean comesInPairs() {
        return xs.stream().anyMatch(Value::inPairs)
                && xs.stream()
                        .allMatch(x -> x.extent().equals(extent()) && x.parts().size() == 1);
    }

    /** The last one first: what skips some layers is wanted in pairs, before those layers ask for it shifted. */
    @Override
    String write(Layout layout) {
        String[] names = new String[xs.size()];
        for (int i = names.length - 1; i >= 0; i--) {
            names[i] = xs.get(i).in(layout);
        }
        return canvas().describe(operation.apply(List.of(names)), extent(), layout);
    }
}
