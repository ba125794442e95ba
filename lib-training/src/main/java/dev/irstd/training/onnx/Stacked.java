package dev.irstd.training.onnx;

import java.util.List;
import java.util.function.Function;

/** Images stacked along their channels. */
final class Stacked extends Value {
    private final List<Value> xs;
    private final Function<List<String>, String> concat;

    Stacked(Canvas canvas, List<Value> xs, Function<List<String>, String> concat) {
        super(canvas, xs.get(0).extent().withChannels(channels(xs)), xs);
        this.xs = xs;
        this.concat = concat;
    }

    private static int channels(List<Value> xs) {
        return xs.stream().mapToInt(x -> x.extent().channels()).sum();
    }

    @Override
    boolean comesInPairs() {
        return xs.stream().anyMatch(Value::inPairs);
    }

    @Override
    String unpacked() {
        return write(Layout.PLAIN);
    }

    @Override
    List<Integer> parts() {
        return inPairs() ? xs.stream().flatMap(x -> x.parts().stream()).toList() : super.parts();
    }

    @Override
    String write(Layout layout) {
        return canvas().describe(concat.apply(xs.stream().map(x -> x.in(layout)).toList()), extent(), layout);
    }
}
