import java.lang.management.ManagementFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application with nothing of its own. Tells how many milliseconds its process has needed to start, and how many of them
 * its main thread was at work, which says more on a machine that has other things to do.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class EmptyApplication {

    private EmptyApplication() {}

    public static void main(String[] args) {
        try (ConfigurableApplicationContext context = SpringApplication.run(EmptyApplication.class, args)) {
            System.out.printf(
                    "started %d %d with %d beans%n",
                    ManagementFactory.getRuntimeMXBean().getUptime(),
                    ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000,
                    context.getBeanDefinitionCount());
        }
    }
}
