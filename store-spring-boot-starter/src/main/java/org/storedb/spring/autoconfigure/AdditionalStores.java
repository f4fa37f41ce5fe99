package org.storedb.spring.autoconfigure;

import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.core.env.Environment;
import org.storedb.Store;
import org.storedb.spring.data.core.StoreExceptionTranslator;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.convert.StoreCustomConversions;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.transaction.StoreTransactionManager;

/** Factory of the beans of the stores that {@code store.additional.*} describes. */
final class AdditionalStores {

    static final String BEAN_NAME = "storeAdditionalStores";
    static final String PREFIX = "store.additional";

    private final Environment environment;
    private final StoreOpener opener;
    private final ObjectProvider<StoreMappingContext> mappingContext;
    private final ObjectProvider<StoreCustomConversions> customConversions;
    private final ObjectProvider<StoreExceptionTranslator> exceptionTranslator;
    private final ObjectProvider<TransactionManagerCustomizers> customizers;

    AdditionalStores(
            Environment environment,
            StoreOpener opener,
            ObjectProvider<StoreMappingContext> mappingContext,
            ObjectProvider<StoreCustomConversions> customConversions,
            ObjectProvider<StoreExceptionTranslator> exceptionTranslator,
            ObjectProvider<TransactionManagerCustomizers> customizers) {
        this.environment = environment;
        this.opener = opener;
        this.mappingContext = mappingContext;
        this.customConversions = customConversions;
        this.exceptionTranslator = exceptionTranslator;
        this.customizers = customizers;
    }

    /** Returns whether there are properties of additional stores. */
    static boolean areIn(Environment environment) {
        ConfigurationPropertyName prefix = ConfigurationPropertyName.of(PREFIX);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source.containsDescendantOf(prefix) != ConfigurationPropertyState.ABSENT) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the properties of each additional store, by its name.
     *
     * @throws InvalidStorePropertyException if one has a name that would give its beans the names of the first store's
     */
    static Map<String, StoreProperties> propertiesIn(Environment environment) {
        Map<String, StoreProperties> all = Binder.get(environment)
                .bind(PREFIX, Bindable.mapOf(String.class, StoreProperties.class))
                .orElse(Map.of());
        if (all.containsKey("store")) {
            throw new InvalidStorePropertyException(
                    "additional.store",
                    "gives the beans of that store the names of the first store's",
                    "another name, such as 'store.additional.archive'");
        }
        return all;
    }

    /** Returns the name of the bean of an additional store. */
    static String storeBeanName(String name) {
        return name + "Store";
    }

    /** Returns the name of the bean of an additional store's template. */
    static String templateBeanName(String name) {
        return name + "Template";
    }

    Store open(String name) {
        StoreProperties properties = propertiesIn(environment).get(name);
        if (properties == null) {
            throw new IllegalStateException("There are no properties '%s.%s.*'".formatted(PREFIX, name));
        }
        if (opener.needsPath(properties)
                && !Binder.get(environment)
                        .bind(PREFIX + "." + name + ".path", String.class)
                        .isBound()) {
            throw new InvalidStorePropertyException(
                            "path", "is not set", "a directory: an additional store has none by default")
                    .ofAdditional(name);
        }
        return opener.open(properties, name);
    }

    StoreTemplate template(Store store) {
        StoreConverter converter = new StoreConverter(mappingContext.getObject(), customConversions.getObject());
        return new StoreTemplate(store, converter, exceptionTranslator.getObject());
    }

    StoreTransactionManager transactionManager(Store store) {
        return StoreTransactionAutoConfiguration.create(store, customizers);
    }
}
