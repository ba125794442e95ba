package dev.irstd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

/**
 * Fails each test of this module that leaves an object of ONNX Runtime open, and says where it was made. Whatever can
 * be closed is watched by changing ONNX Runtime's classes as they load, so that nothing is forgotten and the library
 * itself has nothing to count.
 */
public final class OpenHandles implements AfterEachCallback {
    private static final Map<Object, Throwable> OPEN = Collections.synchronizedMap(new IdentityHashMap<>());

    static {
        new AgentBuilder.Default()
                .type(nameStartsWith("ai.onnxruntime.").and(hasSuperType(named(AutoCloseable.class.getName()))))
                .transform((builder, type, loader, module, domain) -> builder.visit(
                                Advice.to(Made.class).on(isConstructor()))
                        .visit(Advice.to(Closed.class).on(named("close").and(takesNoArguments()))))
                .installOn(ByteBuddyAgent.install());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        requireNone();
    }

    /** Fails if anything is open, and forgets it, so that the next test is not blamed. */
    static void requireNone() {
        List<Throwable> made = new ArrayList<>();
        synchronized (OPEN) {
            made.addAll(OPEN.values());
            OPEN.clear();
        }
        if (!made.isEmpty()) {
            AssertionError error = new AssertionError(made.size() + " native object(s) of ONNX Runtime left open");
            made.forEach(error::addSuppressed);
            throw error;
        }
    }

    static int count() {
        return OPEN.size();
    }

    /** Called by ONNX Runtime's changed classes. The environment and its allocator last as long as the process. */
    public static void made(Object handle) {
        String type = handle.getClass().getSimpleName();
        if (!type.equals("OrtEnvironment") && !type.equals("OrtAllocator")) {
            OPEN.put(handle, new Throwable(type + " made here"));
        }
    }

    /** Called by ONNX Runtime's changed classes. */
    public static void closed(Object handle) {
        OPEN.remove(handle);
    }

    private static final class Made {
        @Advice.OnMethodExit
        static void exit(@Advice.This Object handle) {
            OpenHandles.made(handle);
        }
    }

    private static final class Closed {
        @Advice.OnMethodExit
        static void exit(@Advice.This Object handle) {
            OpenHandles.closed(handle);
        }
    }
}
