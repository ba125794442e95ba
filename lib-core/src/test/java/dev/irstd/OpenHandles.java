package dev.irstd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;

/**
 * Fails each test and test class of this module that leaves an object of ONNX Runtime open, and says where it was made. Whatever can
 * be closed is watched by changing ONNX Runtime's classes as they load, so that nothing is forgotten and the library
 * itself has nothing to count.
 */
public final class OpenHandles implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final Map<Object, Throwable> OPEN = Collections.synchronizedMap(new IdentityHashMap<>());

    private final Map<Object, Throwable> openBefore = new IdentityHashMap<>();

    static {
        new AgentBuilder.Default()
                .type(nameStartsWith("ai.onnxruntime.").and(hasSuperType(named(AutoCloseable.class.getName()))))
                .transform((builder, type, loader, module, domain) -> builder.visit(
                                Advice.to(Made.class).on(isConstructor()))
                        .visit(Advice.to(Closed.class).on(named("close").and(takesNoArguments()))))
                .installOn(ByteBuddyAgent.install());
    }

    /** What a class opens for all its tests is not theirs to close. */
    @Override
    public void beforeEach(ExtensionContext context) {
        openBefore.clear();
        synchronized (OPEN) {
            openBefore.putAll(OPEN);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        requireNoneBut(openBefore);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        requireNoneBut(Map.of());
    }

    /** Fails if anything else is open, and forgets it, so that the next test is not blamed. */
    static void requireNoneBut(Map<Object, Throwable> expected) {
        List<Throwable> made = new ArrayList<>();
        synchronized (OPEN) {
            OPEN.forEach((handle, where) -> {
                if (!expected.containsKey(handle)) {
                    made.add(where);
                }
            });
            OPEN.keySet().retainAll(expected.keySet());
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
