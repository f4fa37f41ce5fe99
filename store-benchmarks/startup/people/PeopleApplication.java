package people;

import empty.StartFigures;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** An application with one entity and one repository, which both are used once before it counts as started. */
@SpringBootApplication(proxyBeanMethods = false)
public class PeopleApplication {

    private PeopleApplication() {}

    public static void main(String[] args) {
        try (ConfigurableApplicationContext context = SpringApplication.run(PeopleApplication.class, args)) {
            People people = context.getBean(People.class);
            people.save(new Person("1", "Ada", "London"));
            if (people.findByCity("London").size() != 1) {
                throw new IllegalStateException("The person is not found");
            }
            StartFigures.print(context);
        }
    }
}
