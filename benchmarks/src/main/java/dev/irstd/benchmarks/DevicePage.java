package dev.irstd.benchmarks;

import ai.onnxruntime.OrtException;
import dev.irstd.training.network.NetworkSummary;
import dev.irstd.training.network.RRCANet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures the embedded RRCANet-18 on devices and prints the tables, each beside what the device does at best in the same
 * run. What PyTorch measured there before comes in from {@code pytorch.csv}.
 */
public final class DevicePage {
    private static final String MODEL = MeasuredModel.RRCANET_18;
    private static final double MEGA = 1e6;

    /** What is measured on a device. */
    private record Plan(List<Size> sizes, List<Integer> batches, List<Boolean> tf32, DeviceFloor.Work floor) {
        static Plan of(String device, boolean quick) {
            boolean gpu = device.equals(DeviceSession.CUDA);
            List<Boolean> tf32 = gpu ? List.of(false, true) : List.of(false);
            if (quick) {
                return new Plan(List.of(new Size(64, 64)), List.of(1, 2), tf32, DeviceFloor.Work.TINY);
            }
            return new Plan(
                    List.of(new Size(256, 256), new Size(640, 512)),
                    gpu ? List.of(1, 4, 16, 64) : List.of(1, 4),
                    tf32,
                    gpu ? DeviceFloor.Work.GPU : DeviceFloor.Work.CPU);
        }
    }

    private final Path folder;
    private final String device;
    private final boolean quick;
    private final Plan plan;
    private final byte[] onnx = MeasuredModel.of(MODEL).onnx();

    private DevicePage(Path folder, String device, boolean quick) {
        this.folder = folder;
        this.device = device;
        this.quick = quick;
        this.plan = Plan.of(device, quick);
    }

    /**
     * Measures and prints; exits with {@value Parity#NOT_RUN} if a device could not run.
     *
     * @param arguments a folder for what JMH writes, {@code --quick} to try everything on a tiny image, and devices,
     *     {@code cpu} or {@code cuda}
     * @throws Exception if the folder cannot be written or a benchmark fails
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        boolean quick = rest.contains("--quick");
        print("processor", Machine.describe());
        print("GPU", NvidiaSmi.describe());
        int exitCode = 0;
        for (String device : rest) {
            if (!device.equals("--quick")) {
                try {
                    new DevicePage(folder, device, quick).measure();
                } catch (OrtException e) {
                    System.out.println(device + ": COULD NOT RUN: " + Parity.oneLine(e));
                    exitCode = Parity.NOT_RUN;
                }
            }
        }
        System.exit(exitCode);
    }

    private static void print(String title, List<List<String>> rows) {
        System.out.println();
        System.out.print(Texts.table(List.of(title, ""), rows));
    }

    private void measure() throws OrtException, IOException, RunnerException {
        System.out.println();
        System.out.println("## " + device);
        // First, as it tells at once whether the device runs at all.
        List<DeviceFloor> floors = floors();
        Figures figures = new Figures(Fork.read(jmh(), 1));
        System.out.println();
        System.out.print(Texts.table(
                List.of(
                        "size",
                        "batch",
                        "what",
                        "ms",
                        "images / s",
                        "to the device, MB",
                        "back, MB",
                        "device memory, MiB",
                        "/ arithmetic floor",
                        "/ memory floor"),
                rows(figures, floors)));
    }

    private List<DeviceFloor> floors() throws OrtException {
        List<DeviceFloor> floors = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (boolean tf32 : plan.tf32()) {
            DeviceFloor floor = DeviceFloor.of(device, tf32, plan.floor());
            floors.add(floor);
            rows.add(List.of(
                    tf32 ? "TF32" : "float32",
                    Texts.number(2 * floor.multiplications() / 1e12),
                    Texts.number(floor.bytes() / 1e9)));
        }
        System.out.println();
        System.out.print(Texts.table(List.of("at best", "TFLOP / s", "memory, GB / s"), rows));
        return floors;
    }

    /** Each figure in a fresh JVM. */
    private Path jmh() throws RunnerException {
        Path results = folder.resolve(device + ".json");
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(DeviceBenchmark.class.getName().replace(".", "\\.") + "\\..*")
                .param("device", device)
                .param("size", plan.sizes().stream().map(Size::toString).toArray(String[]::new))
                .param("batch", plan.batches().stream().map(String::valueOf).toArray(String[]::new))
                .param("tf32", plan.tf32().stream().map(String::valueOf).toArray(String[]::new))
                .resultFormat(ResultFormatType.JSON)
                .result(results.toString())
                .output(folder.resolve(device + "-jmh.log").toString());
        if (quick) {
            options.warmupTime(TimeValue.milliseconds(100))
                    .measurementIterations(2)
                    .measurementTime(TimeValue.milliseconds(100));
        }
        new Runner(options.build()).run();
        return results;
    }

    private List<List<String>> rows(Figures figures, List<DeviceFloor> floors) throws OrtException, IOException {
        List<List<String>> rows = new ArrayList<>();
        for (Size size : plan.sizes()) {
            rows.add(row(size, 1, "irstd: detect()", detect(figures, size), "", "", "", "", ""));
            for (int batch : plan.batches()) {
                Work work = work(size, batch);
                for (int i = 0; i < floors.size(); i++) {
                    boolean tf32 = plan.tf32().get(i);
                    Optional<Double> millis = network(figures, size, batch, tf32);
                    rows.add(row(
                            size,
                            batch,
                            "irstd's network" + (tf32 ? ", TF32" : ""),
                            millis,
                            Texts.number(work.uploaded() / MEGA),
                            Texts.number(work.downloaded() / MEGA),
                            work.memory(),
                            ratio(millis, work.multiplications() / floors.get(i).multiplications()),
                            ratio(millis, work.traffic() / floors.get(i).bytes())));
                }
            }
            for (PyTorchTimes.Line line : PyTorchTimes.read(folder.resolve("pytorch.csv"), device, size)) {
                rows.add(row(size, line.batch(), line.what(), Optional.of(line.millis()), "", "", "", "", ""));
            }
        }
        return rows;
    }

    private static Optional<Double> detect(Figures figures, Size size) {
        return figures.millis("DeviceBenchmark.detect", Map.of("size", size.toString()))
                .map(Figures.Figure::median);
    }

    private static Optional<Double> network(Figures figures, Size size, int batch, boolean tf32) {
        return figures.millis(
                        "DeviceBenchmark.network",
                        Map.of("size", size.toString(), "batch", "" + batch, "tf32", "" + tf32))
                .map(Figures.Figure::median);
    }

    private static List<String> row(Size size, int batch, String what, Optional<Double> millis, String... rest) {
        List<String> row = new ArrayList<>(List.of(
                size.toString(),
                Integer.toString(batch),
                what,
                millis.map(Texts::number).orElse("COULD NOT RUN"),
                millis.map(ms -> Texts.number(batch * 1000 / ms)).orElse("")));
        row.addAll(List.of(rest));
        return row;
    }

    private static String ratio(Optional<Double> millis, double floorSeconds) {
        return millis.map(ms -> Texts.number(ms / 1000 / floorSeconds)).orElse("");
    }

    /** What a run of a batch makes the device do. */
    private record Work(long uploaded, long downloaded, String memory, double multiplications, double traffic) {}

    private Work work(Size size, int batch) throws OrtException, IOException {
        Optional<Long> before = NvidiaSmi.usedMebibytes();
        try (DeviceSession session = DeviceSession.open(onnx, device, false)) {
            NetworkInput image = NetworkInput.of(Scene.draw(size), session.manifest());
            session.feed(image, batch);
            session.run();
            boolean gpu = device.equals(DeviceSession.CUDA);
            String memory = gpu
                    ? NvidiaSmi.usedMebibytes()
                            .flatMap(after -> before.map(idle -> Long.toString(after - idle)))
                            .orElse("no nvidia-smi")
                    : "";
            long macs = NetworkSummary.of(RRCANet.rrcanet18(), image.width(), image.height())
                    .macs();
            return new Work(
                    gpu ? session.uploaded() : 0,
                    gpu ? session.downloaded() : 0,
                    memory,
                    (double) macs * batch,
                    Traffic.of(onnx, device, image, batch, folder));
        }
    }
}
