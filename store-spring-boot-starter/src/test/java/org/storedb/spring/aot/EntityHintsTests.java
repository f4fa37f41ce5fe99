package org.storedb.spring.aot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.convert.PropertyValueConverter;
import org.springframework.data.convert.ValueConversionContext;
import org.springframework.data.convert.ValueConverter;
import org.storedb.Store;
import org.storedb.spring.autoconfigure.StoreAutoConfiguration;
import org.storedb.spring.autoconfigure.StoreDataAutoConfiguration;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.Indexed;
import org.storedb.spring.data.core.mapping.StoreManagedTypes;
import org.storedb.spring.data.core.mapping.StorePersistentProperty;

/** Ahead-of-time hints for entities, without any repository that leads to them. */
@CompileWithForkedClassLoader
class EntityHintsTests {

    private static final TestGenerationContext GENERATION = new TestGenerationContext();

    @BeforeAll
    static void process() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        TestPropertyValues.of("store.in-memory=true").applyTo(context);
        context.register(Application.class);
        new ApplicationContextAotGenerator().processAheadOfTime(context, GENERATION);
        GENERATION.writeGeneratedContent();
    }

    @Test
    void entityCanBeMadeAndRead() {
        assertThat(bound(Flight.class)).accepts(hints());
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Flight.class, "legs"))
                .accepts(hints());
    }

    @Test
    void idOfSeveralPartsIsThere() {
        assertThat(bound(FlightId.class)).accepts(hints());
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(FlightId.class, "carrier"))
                .accepts(hints());
    }

    @Test
    void elementsOfCollectionsAreThere() {
        assertThat(bound(Leg.class)).accepts(hints());
    }

    @Test
    void classesThatASealedTypePermitsAreThere() {
        assertThat(bound(Card.class)).accepts(hints());
        assertThat(bound(Transfer.class)).accepts(hints());
        assertThat(bound(Account.class)).as("nested in one of them").accepts(hints());
    }

    @Test
    void converterOfAPropertyCanBeMade() {
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(Minutes.class)
                        .withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
                .accepts(hints());
    }

    @Test
    void whatIsNoEntityIsNotThere() {
        assertThat(bound(Unstored.class)).rejects(hints());
    }

    @Test
    void startFromWhatWasGeneratedKnowsTheEntitiesWithoutAScan() {
        started(context -> {
            assertThat(context.getBeanDefinition("storeManagedTypes").getResolvableType())
                    .isNotNull();
            assertThat(context.getBean(StoreManagedTypes.class).toList()).contains(Flight.class);
            assertThat(context.getBean(Store.class).collection("flights").indexes())
                    .as("made at the start")
                    .hasSize(1);
            StoreTemplate template = context.getBean(StoreTemplate.class);
            Flight flight = new Flight(
                    new FlightId("NH", 7),
                    "NRT",
                    Duration.ofMinutes(90),
                    List.of(new Leg("NRT", "KIX")),
                    new Transfer(new Account("DE1")));
            template.insert(flight);
            assertThat(template.findById(new FlightId("NH", 7), Flight.class)).contains(flight);
        });
    }

    private static RuntimeHints hints() {
        return GENERATION.getRuntimeHints();
    }

    private static java.util.function.Predicate<RuntimeHints> bound(Class<?> type) {
        return RuntimeHintsPredicates.reflection()
                .onType(type)
                .withAnyMemberCategory(
                        MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
    }

    @SuppressWarnings("unchecked") // the generated initializer accepts any context
    private static void started(Consumer<GenericApplicationContext> running) {
        TestCompiler.forSystem().with(GENERATION).compile(compiled -> {
            try (GenericApplicationContext fresh = new GenericApplicationContext()) {
                fresh.setClassLoader(compiled.getClassLoader());
                TestPropertyValues.of("store.in-memory=true").applyTo(fresh);
                ApplicationContextInitializer<GenericApplicationContext> initializer =
                        compiled.getInstance(ApplicationContextInitializer.class);
                initializer.initialize(fresh);
                fresh.refresh();
                running.accept(fresh);
            }
        });
    }

    @Document("flights")
    public record Flight(
            @Id FlightId id,
            @Indexed String from,
            @ValueConverter(Minutes.class) Duration duration,
            List<Leg> legs,
            @Nullable Payment payment) {}

    public record FlightId(String carrier, int number) {}

    public record Leg(String from, String to) {}

    public sealed interface Payment permits Card, Transfer {}

    @TypeAlias("card")
    public record Card(String number) implements Payment {}

    @TypeAlias("transfer")
    public record Transfer(Account account) implements Payment {}

    public record Account(String number) {}

    public record Unstored(String name) {}

    public static class Minutes
            implements PropertyValueConverter<Duration, Long, ValueConversionContext<StorePersistentProperty>> {

        @Override
        public Duration read(Long value, ValueConversionContext<StorePersistentProperty> context) {
            return Duration.ofMinutes(value);
        }

        @Override
        public Long write(Duration value, ValueConversionContext<StorePersistentProperty> context) {
            return value.toMinutes();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = EntityHintsTests.class)
    @ImportAutoConfiguration({StoreAutoConfiguration.class, StoreDataAutoConfiguration.class})
    public static class Application {}
}
