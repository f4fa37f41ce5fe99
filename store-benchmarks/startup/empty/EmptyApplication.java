package empty;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** An application with nothing of its own. */
@SpringBootApplication(proxyBeanMethods = false)
public class EmptyApplication {

    private EmptyApplication() {}

    public static void main(String[] args) {
        try (ConfigurableApplicationContext context = SpringApplication.run(EmptyApplication.class, args)) {
            StartFigures.print(context);
        }
    }
}
