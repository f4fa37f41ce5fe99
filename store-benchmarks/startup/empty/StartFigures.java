package empty;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What the start of this process has taken: milliseconds as a clock sees them, those in which its main thread was at work,
 * and those in which all its threads were, the compilers of the JVM included. The last two say more on a machine that has
 * other things to do.
 */
public final class StartFigures {

    private StartFigures() {}

    public static void print(ConfigurableApplicationContext context) {
        long wallMillis = ManagementFactory.getRuntimeMXBean().getUptime();
        long mainMillis = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long allMillis = process.getProcessCpuTime() / 1_000_000;
        int beans = context.getBeanDefinitionCount();
        System.out.printf("started %d %d %d %d%n", wallMillis, mainMillis, allMillis, beans);
    }
}
