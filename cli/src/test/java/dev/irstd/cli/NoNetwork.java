package dev.irstd.cli;

import java.lang.StackWalker.StackFrame;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketPermission;
import java.net.URL;
import java.net.URLPermission;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.Permission;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The security manager of a JVM that may do all but use the network, and the program that it watches. */
@SuppressWarnings("removal")
public final class NoNetwork extends SecurityManager {
    private static final Queue<Permission> ASKED = new ConcurrentLinkedQueue<>();
    private static final String NETWORK = "RRCANet-ResNet10";

    private interface Escape extends Callable<Object> {}

    /** Called by the JVM. */
    public NoNetwork() {}

    @Override
    public void checkPermission(Permission permission) {
        if (permission instanceof SocketPermission || permission instanceof URLPermission) {
            if (!StackWalker.getInstance().walk(frames -> frames.anyMatch(NoNetwork::isFontCache))) {
                ASKED.add(permission);
            }
            throw new SecurityException("no network: " + permission);
        }
    }

    @Override
    public void checkPermission(Permission permission, Object context) {
        checkPermission(permission);
    }

    /** From scenes to targets, in the folder given; then ways to the network, of which none is open. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        Path data = folder.resolve("data");
        Path run = folder.resolve("run");
        Path model = folder.resolve("model.onnx");

        succeed("generate", "--out", data, "--count", 8, "--size", "64x64");
        succeed("train", "--network", NETWORK, "--data", data, "--run", run, "--epochs", 1, "--patch", 32);
        succeed("export", "--network", NETWORK, "--run", run, "--out", model);
        succeed("evaluate", "--data", data, "--split", "train", "--model", model, "--out", folder.resolve("figures"));
        succeed("detect", data, "--out", folder.resolve("targets"));
        System.out.println("asked for " + ASKED);

        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        List<Escape> escapes = List.of(
                () -> InetAddress.getByName("irstd.invalid"),
                () -> new Socket(nobody.getAddress(), nobody.getPort()),
                () -> SocketChannel.open(nobody),
                () -> new URL("http://127.0.0.1:9/").openStream(),
                () -> {
                    new DatagramSocket().send(new DatagramPacket(new byte[1], 1, nobody));
                    return "sent";
                });
        System.out.println(
                escapes.stream().filter(NoNetwork::isStopped).count() + " of " + escapes.size() + " stopped");
    }

    /** The JDK names its cache of fonts by the host, whose name it asks for and does without. */
    private static boolean isFontCache(StackFrame frame) {
        return frame.getClassName().equals("sun.font.FcFontConfiguration");
    }

    private static void succeed(Object... arguments) {
        Cli cli = Cli.run(arguments);
        if (cli.status() != 0) {
            throw new AssertionError(arguments[0] + ": " + cli.err());
        }
    }

    private static boolean isStopped(Escape escape) {
        try {
            escape.call();
            return false;
        } catch (SecurityException e) {
            return true;
        } catch (Exception e) {
            return false;
        }
    }
}
