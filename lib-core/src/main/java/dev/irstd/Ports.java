package dev.irstd;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where an image goes into a network and where the prediction comes out.
 *
 * @param input name of the input for the image; where that is samples, the others have names of their own
 * @param output name of the output
 * @param threshold whether the network also asks what score makes a mask, which no detector reads
 * @param flat whether the output is [1, height, width], without a channel
 */
record Ports(String input, String output, boolean threshold, boolean flat) {
    /** The sample value that is black, of each image. */
    static final String BLACK = "black";
    /** The sample value that is white, of each image. */
    static final String WHITE = "white";
    /** The zeros around the scaled image. */
    static final String PADS = "pads";

    /** What score makes the mask. */
    static final String THRESHOLD = "threshold";

    private static final String MASK = "mask";
    private static final String SAMPLES = "samples";

    /** What the values of an input are to ONNX Runtime, whose Java classes know no 16 bits without a sign. */
    static OnnxJavaType elementType(InputType type) {
        return switch (type) {
            case FLOAT32 -> OnnxJavaType.FLOAT;
            case UINT8 -> OnnxJavaType.UINT8;
            case UINT16 -> OnnxJavaType.INT16;
        };
    }

    /** The shape of the output for an input. */
    long[] outputShape(Feed feed) {
        Preprocessing.Shape inside = feed.input().inside();
        return flat
                ? new long[] {feed.images(), inside.height(), inside.width()}
                : new long[] {feed.images(), 1, inside.height(), inside.width()};
    }

    /**
     * Finds the input and output that a manifest promises.
     *
     * @param batch how many images the network must take at a time
     * @throws ModelException if the network does not fit the manifest or takes fewer images
     */
    static Ports find(
            String model,
            ModelManifest manifest,
            int batch,
            Map<String, NodeInfo> inputs,
            Map<String, NodeInfo> outputs) {
        return new Finder(model, manifest, batch).find(inputs, outputs);
    }

    private record Finder(String model, ModelManifest manifest, int batch) {
        Ports find(Map<String, NodeInfo> inputs, Map<String, NodeInfo> outputs) {
            Map<String, NodeInfo> images = new LinkedHashMap<>(inputs);
            boolean threshold = outputs.containsKey(MASK) && images.remove(THRESHOLD) != null;
            if (threshold) {
                requireShape(inputs.get(THRESHOLD), OnnxJavaType.FLOAT, 1);
            }
            NodeInfo input = manifest.input().isSamples() ? samples(images) : image(images);
            NodeInfo output = outputs.get(prediction(outputs.keySet()));
            requireOutput(output);
            if (output.getName().equals(input.getName())) {
                throw new ModelException("model " + model + " gives its input \"" + input.getName()
                        + "\" back as its output: there is no network in between");
            }
            requireBatch("input", input, shape(input, elementType(manifest.input())));
            if (manifest.input().isSamples()) {
                requireBatch("input", inputs.get(BLACK), shape(inputs.get(BLACK)));
                requireBatch("input", inputs.get(WHITE), shape(inputs.get(WHITE)));
            }
            requireBatch("output", output, shape(output));
            return new Ports(input.getName(), output.getName(), threshold, shape(output).length == 3);
        }

        private void requireBatch(String role, NodeInfo node, long[] shape) {
            if (!mayBe(batch, shape[0])) {
                throw new ModelException("model " + model + ": " + role + " \"" + node.getName() + "\" is of "
                        + shape[0] + " image, so that the network cannot take batches of " + batch
                        + "; export it again with a free first size, or leave the batch at 1");
            }
        }

        private NodeInfo image(Map<String, NodeInfo> inputs) {
            if (inputs.size() != 1) {
                throw new ModelException("model " + model + " has " + inputs.size() + " inputs " + inputs.keySet()
                        + ", a detector feeds exactly one");
            }
            NodeInfo input = inputs.values().iterator().next();
            requireInput(input);
            return input;
        }

        private NodeInfo samples(Map<String, NodeInfo> inputs) {
            if (!inputs.keySet().equals(Set.of(SAMPLES, BLACK, WHITE, PADS))) {
                throw new ModelException("model " + model + " has the inputs " + inputs.keySet() + "; one that takes "
                        + manifest.input() + ", as its manifest says, has " + SAMPLES + ", " + BLACK + ", " + WHITE
                        + " and " + PADS + "; export it again");
            }
            NodeInfo samples = inputs.get(SAMPLES);
            OnnxJavaType type = elementType(manifest.input());
            requireShape(samples, type, 1, 1, -1, -1);
            requireShape(inputs.get(BLACK), OnnxJavaType.FLOAT, 1, 1, 1, 1);
            requireShape(inputs.get(WHITE), OnnxJavaType.FLOAT, 1, 1, 1, 1);
            requireShape(inputs.get(PADS), OnnxJavaType.INT64, 8);
            return samples;
        }

        private void requireShape(NodeInfo input, OnnxJavaType type, long... sizes) {
            long[] shape = shape(input, type);
            boolean fits = shape.length == sizes.length;
            for (int axis = 0; fits && axis < sizes.length; axis++) {
                fits = shape[axis] == -1 || shape[axis] == sizes[axis];
            }
            if (!fits) {
                throw misfit(
                        "input",
                        input,
                        type + " " + Arrays.toString(sizes) + ", as its manifest says " + manifest.input());
            }
        }

        private String prediction(Set<String> outputs) {
            String named = manifest.output().orElse(null);
            if (named == null && outputs.size() != 1) {
                throw new ModelException("model " + model + " has " + outputs.size() + " outputs " + outputs
                        + "; say which one is the prediction: ModelManifest.withOutput(NAME)");
            }
            if (named != null && !outputs.contains(named)) {
                throw new ModelException("model " + model + " has no output \"" + named
                        + "\", which the manifest names; its outputs are " + outputs);
            }
            return named == null ? outputs.iterator().next() : named;
        }

        private void requireInput(NodeInfo input) {
            long[] shape = shape(input);
            if (shape.length != 4 || !mayBe(1, shape[0])) {
                throw misfit("input", input, "float [1, channels, height, width]");
            }
            if (!mayBe(manifest.channels(), shape[1])) {
                throw new ModelException("model " + model + ": input \"" + input.getName() + "\" has " + shape[1]
                        + " channel(s), the manifest says " + manifest.channels()
                        + "; export it again or pass a ModelManifest that fits");
            }
            requireSize(input.getName(), shape[3], shape[2]);
        }

        /** A network of one size takes what no padding gives for every image. */
        private void requireSize(String input, long width, long height) {
            boolean free = width == -1 && height == -1;
            if (manifest.geometry() instanceof Geometry.Resize resize) {
                if (!mayBe(resize.width(), width) || !mayBe(resize.height(), height)) {
                    throw new ModelException("model " + model + ": input \"" + input + "\" is " + size(width, height)
                            + ", the manifest resizes to " + resize.width() + "x" + resize.height()
                            + "; pass a ModelManifest that resizes to the input's size");
                }
            } else if (!free) {
                throw new ModelException("model " + model + ": input \"" + input + "\" is " + size(width, height)
                        + ", the manifest's geometry (" + manifest.geometry()
                        + ") gives other sizes too; export it with"
                        + " free height and width, or pass a ModelManifest with a Geometry.Resize");
            }
        }

        private void requireOutput(NodeInfo output) {
            long[] shape = shape(output);
            boolean flat = shape.length == 3;
            if (!flat && shape.length != 4 || !mayBe(1, shape[0])) {
                throw misfit("output", output, "float [1, 1, height, width]");
            }
            if (!flat && !mayBe(1, shape[1])) {
                throw new ModelException("model " + model + ": output \"" + output.getName() + "\" has " + shape[1]
                        + " channel(s), a score map has 1; export it again or pass a ModelManifest that fits");
            }
        }

        /** The sizes of a tensor of floats, -1 where the model leaves one open; none if it is no such tensor. */
        private static long[] shape(NodeInfo node) {
            return shape(node, OnnxJavaType.FLOAT);
        }

        private static long[] shape(NodeInfo node, OnnxJavaType type) {
            return node.getInfo() instanceof TensorInfo tensor && tensor.type == type ? tensor.getShape() : new long[0];
        }

        private static boolean mayBe(int expected, long size) {
            return size == -1 || size == expected;
        }

        private static String size(long width, long height) {
            return (width == -1 ? "any" : width) + "x" + (height == -1 ? "any" : height);
        }

        private ModelException misfit(String role, NodeInfo node, String needed) {
            return new ModelException("model " + model + ": " + role + " \"" + node.getName() + "\" is "
                    + node.getInfo() + ", a detector needs " + needed);
        }
    }
}
