package dev.irstd;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A program that ends while its threads are at work, and is held open until they have done more of it. */
final class ExitingProgram {
    static final int EXIT_CODE = 42;
    static final String STANDSTILL = "the threads stand still";

    /** What the threads do at the end, and how it comes. */
    enum Ending {
        /** {@link System#exit} while the first detector of the process is being loaded. */
        EXIT_IN_FIRST_LOAD,
        EXIT_WHILE_LOADING,
        EXIT_WHILE_DETECTING,
        /** A shutdown hook closes the detector, as application frameworks do. */
        CLOSE_IN_SHUTDOWN_HOOK,
        /** The main method returns and leaves daemon threads behind, which share a detector that nobody closes. */
        RETURN_WITH_DAEMONS
    }

    private static final int THREADS = 3;
    private static final InfraredImage IMAGE = Frames.noise(96, 80, 1);
    private static final Model MODEL = TinyNetwork.ofChannels(1)
            .thenRandomConvolution(1, 1, 5, new Random(3))
            .then("Sigmoid")
            .model(TinyNetwork.GREY_IS_SCORE);

    private final Ending ending;
    private final CountDownLatch started = new CountDownLatch(THREADS);
    private final CountDownLatch workedOn = new CountDownLatch(THREADS);
    private volatile boolean shuttingDown;

    private ExitingProgram(Ending ending) {
        this.ending = ending;
    }

    /** Takes the ending and how many milliseconds of work come before it. */
    public static void main(String[] arguments) throws InterruptedException {
        new ExitingProgram(Ending.valueOf(arguments[0])).run(Long.parseLong(arguments[1]));
    }

    private void run(long milliseconds) throws InterruptedException {
        boolean cold = ending == Ending.EXIT_IN_FIRST_LOAD;
        IrstdDetector detector = cold ? null : IrstdDetector.load(MODEL);
        List<Thread> hooks = new ArrayList<>(List.of(new Thread(this::holdOpen)));
        if (ending == Ending.CLOSE_IN_SHUTDOWN_HOOK) {
            hooks.add(new Thread(detector::close));
        }
        hooks.forEach(Runtime.getRuntime()::addShutdownHook);
        Runnable work = cold || ending == Ending.EXIT_WHILE_LOADING
                ? () -> IrstdDetector.load(MODEL).close()
                : () -> detector.detect(IMAGE);
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> repeat(work));
            thread.setDaemon(true);
            thread.start();
        }
        if (!cold) {
            started.await();
        }
        Thread.sleep(milliseconds);
        if (ending != Ending.RETURN_WITH_DAEMONS) {
            System.exit(EXIT_CODE);
        }
    }

    private void repeat(Runnable work) {
        try {
            work.run();
            started.countDown();
            while (!shuttingDown) {
                work.run();
            }
            for (int i = 0; i < 20; i++) {
                work.run();
            }
            workedOn.countDown();
            while (true) {
                work.run();
            }
        } catch (RuntimeException e) {
            boolean mayBeRefused = ending == Ending.CLOSE_IN_SHUTDOWN_HOOK || ending == Ending.EXIT_IN_FIRST_LOAD;
            if (!(mayBeRefused && e instanceof IllegalStateException)) {
                e.printStackTrace();
            }
            workedOn.countDown();
        }
    }

    private void holdOpen() {
        shuttingDown = true;
        try {
            if (!workedOn.await(10, TimeUnit.MINUTES)) {
                System.err.println(STANDSTILL);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
