import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import software.amazon.event.ruler.Machine;

/** AWS's engine behind the conversation that engine.mjs has too: `load FILE` and `run MILLISECONDS`, one a line. */
public class Peer {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static String[] lines;
    private static Machine machine;
    private static int at = 0;

    public static void main(String[] args) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = input.readLine()) != null; ) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "data" -> {
                    lines = Files.readAllLines(Path.of(words[1])).toArray(new String[0]);
                    at = 0;
                    System.out.println(lines.length);
                }
                case "load" -> System.out.println(load(Files.readAllLines(Path.of(words[1]))));
                case "run" -> System.out.println(run(Long.parseLong(words[1]) * 1_000_000));
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    /** Adds the rules, then goes over all events once: nanoseconds, bytes of heap, matches. */
    private static String load(List<String> rules) throws Exception {
        machine = Machine.builder().build();
        long before = heap();
        Time time = new Time();
        for (int i = 0; i < rules.size(); i++) machine.addRule("r" + i, rules.get(i));
        long took = time.taken();
        long bytes = heap() - before;
        long hits = 0;
        for (String line : lines) hits += machine.rulesForJSONEvent(line).size();
        return took + " " + bytes + " " + hits;
    }

    /** Goes on over the events until so much wall time is over: events, nanoseconds. */
    private static String run(long least) throws Exception {
        Time time = new Time();
        long events = 0;
        long hits = 0;
        do {
            for (int i = 0; i < 100; i++) {
                hits += machine.rulesForJSONEvent(lines[at]).size();
                if (++at == lines.length) at = 0;
            }
            events += 100;
        } while (time.wall() < least);
        return events + " " + time.taken() + " " + hits;
    }

    private static long heap() throws Exception {
        for (int i = 0; i < 3; i++) System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The lowest of three clocks, which comes nearest to a machine that does nothing else. */
    private static final class Time {
        private final long wall = System.nanoTime();
        private final long processor = SYSTEM.getProcessCpuTime();
        private final long thread = THREADS.getCurrentThreadCpuTime() + pauses();

        long wall() {
            return System.nanoTime() - wall;
        }

        long taken() {
            long alone = THREADS.getCurrentThreadCpuTime() + pauses() - thread;
            return Math.min(wall(), Math.min(SYSTEM.getProcessCpuTime() - processor, alone));
        }

        private static long pauses() {
            long sum = 0;
            for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans())
                sum += bean.getCollectionTime() * 1_000_000;
            return sum;
        }
    }
}
