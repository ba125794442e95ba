package dev.irstd.training.checkpoint;

import dev.irstd.training.files.ElementType;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The Python functions and classes that a pickle may name. None of Python is run: each has its own meaning here. */
enum Global {
    ORDERED_DICT("collections", "OrderedDict") {
        @Override
        Object call(List<Object> arguments) throws IOException {
            if (!arguments.isEmpty()) {
                throw unusable();
            }
            return new LinkedHashMap<>();
        }
    },
    TENSOR("torch._utils", "_rebuild_tensor_v2") {
        @Override
        Object call(List<Object> arguments) throws IOException {
            return TensorView.of(arguments);
        }
    },
    /** As files of before PyTorch 0.4 have it. */
    OLD_TENSOR("torch._utils", "_rebuild_tensor") {
        @Override
        Object call(List<Object> arguments) throws IOException {
            return TensorView.of(arguments);
        }
    },
    PARAMETER("torch._utils", "_rebuild_parameter") {
        @Override
        Object call(List<Object> arguments) throws IOException {
            if (arguments.isEmpty() || !(arguments.get(0) instanceof TensorView tensor)) {
                throw unusable();
            }
            return tensor;
        }
    },
    SIZE("torch", "Size") {
        @Override
        Object call(List<Object> arguments) throws IOException {
            if (arguments.size() != 1 || !(arguments.get(0) instanceof Tuple tuple)) {
                throw unusable();
            }
            return tuple;
        }
    },
    NUMPY_SCALAR("numpy.core.multiarray", "scalar"),
    /** The same since NumPy 2. */
    NUMPY_2_SCALAR("numpy._core.multiarray", "scalar"),
    NUMPY_TYPE("numpy", "dtype"),
    /** How protocol 2 writes bytes, such as those of a NumPy scalar. */
    ENCODE("_codecs", "encode") {
        @Override
        Object call(List<Object> arguments) {
            return Opaque.BYTES;
        }
    };

    private final String module;
    private final String member;

    Global(String module, String member) {
        this.module = module;
        this.member = member;
    }

    /** What a pickle means by a name: a Global or, for a class of storages, an ElementType. */
    static Object named(String module, String member) throws IOException {
        if (module.equals("torch")) {
            Optional<ElementType> type = ElementType.ofStorage(member);
            if (type.isPresent()) {
                return type.get();
            }
        }
        return Arrays.stream(values())
                .filter(global -> global.module.equals(module) && global.member.equals(member))
                .findFirst()
                .orElseThrow(() -> new IOException("it names " + printable(module) + "." + printable(member)
                        + ", which belongs to no plain state_dict, and nothing that a checkpoint names is run;"
                        + " save model.state_dict() alone"));
    }

    private static String printable(String name) {
        return name.replaceAll("[^\\x20-\\x7e]", "?");
    }

    Object call(List<Object> arguments) throws IOException {
        return Opaque.NUMPY;
    }

    IOException unusable() {
        return new IOException("its pickle calls " + module + "." + member + " with unusable arguments");
    }
}
