package org.storedb.spring.data.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.storedb.spring.autoconfigure.StoreAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreDataAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreValidationAutoConfiguration;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.event.StoreBeforeSaveCallback;

class ValidationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withPropertyValues("store.in-memory=true")
            .withConfiguration(AutoConfigurations.of(
                    StoreAutoConfiguration.class,
                    StoreDataAutoConfiguration.class,
                    ValidationAutoConfiguration.class,
                    StoreValidationAutoConfiguration.class));

    @Test
    void entityThatViolatesAConstraintIsNotStored() {
        runner.run(context -> {
            StoreTemplate template = context.getBean(StoreTemplate.class);

            assertThatExceptionOfType(ConstraintViolationException.class)
                    .isThrownBy(() -> template.save(new Guest(null, " ", new Room(0))))
                    .satisfies(e -> assertThat(e.getConstraintViolations())
                            .extracting(violation -> violation.getPropertyPath().toString())
                            .containsExactlyInAnyOrder("name", "room.number"));
            assertThat(template.count(Guest.class)).isZero();
            assertThat(template.save(new Guest(null, "Ada", new Room(1))).id()).isNotNull();
        });
    }

    @Test
    void editorsKnowTheProperty() throws IOException {
        assertThat(new ClassPathResource("META-INF/additional-spring-configuration-metadata.json")
                        .getContentAsString(StandardCharsets.UTF_8))
                .contains("\"store.validation.enabled\"");
    }

    @Test
    void noneOfABatchIsStoredIfOneIsInvalid() {
        runner.run(context -> {
            StoreTemplate template = context.getBean(StoreTemplate.class);

            assertThatExceptionOfType(ConstraintViolationException.class)
                    .isThrownBy(() -> template.saveAll(
                            List.of(new Guest(null, "Ada", new Room(1)), new Guest(null, "", new Room(1)))));
            assertThat(template.count(Guest.class)).isZero();
        });
    }

    @Test
    void whatOtherCallbacksSetIsValidated() {
        runner.withUserConfiguration(Naming.class).run(context -> {
            StoreTemplate template = context.getBean(StoreTemplate.class);

            assertThat(template.save(new Guest(null, "", new Room(1))).name()).isEqualTo("unknown");
        });
    }

    @Test
    void itCanBeSwitchedOff() {
        runner.withPropertyValues("store.validation.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ValidatingCallback.class));
    }

    @Test
    void nothingIsValidatedWithoutBeanValidation() {
        runner.withClassLoader(new FilteredClassLoader("jakarta.validation"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("storeValidatingCallback"));
    }

    record Guest(
            @Nullable String id,
            @NotBlank String name,
            @Valid Room room) {}

    record Room(@Min(1) int number) {}

    @Configuration(proxyBeanMethods = false)
    static class Naming {
        @Bean
        StoreBeforeSaveCallback<Guest> naming() {
            return (guest, collection) ->
                    guest.name().isEmpty() ? new Guest(guest.id(), "unknown", guest.room()) : guest;
        }
    }
}
