package org.storedb.spring.data.repository.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.core.support.AbstractRepositoryMetadata;
import org.springframework.data.repository.core.support.RepositoryFactorySupport;
import org.storedb.Store;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.convert.StoreCustomConversions;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.repository.StoreRepository;
import org.storedb.spring.data.repository.support.StoreRepositoryFactory;

/** Which repositories belong to the store if other Spring Data modules are present. */
class StoreRepositoryConfigurationExtensionTests {

    private final Extension extension = new Extension();
    private final Store store = Store.openInMemory();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void repositoriesOfTheStoreAndOfItsEntitiesAreClaimed() {
        assertThat(extension.claims(ByInterface.class)).isTrue();
        assertThat(extension.claims(ByEntity.class)).isTrue();
    }

    @Test
    void otherRepositoriesAreLeftAlone() {
        assertThat(extension.claims(Foreign.class)).isFalse();
    }

    @Test
    void moduleIsKnownToSpringData() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(
                                RepositoryFactorySupport.class,
                                ArgumentResolver.of(
                                        StoreOperations.class,
                                        new StoreTemplate(
                                                store,
                                                new StoreConverter(
                                                        new StoreMappingContext(), new StoreCustomConversions())))))
                .hasAtLeastOneElementOfType(StoreRepositoryFactory.class);
    }

    private static final class Extension extends StoreRepositoryConfigurationExtension {
        boolean claims(Class<?> repositoryInterface) {
            return isStrictRepositoryCandidate(AbstractRepositoryMetadata.getMetadata(repositoryInterface));
        }
    }

    @Document
    record Mine(String id) {}

    record Plain(String id) {}

    interface ByInterface extends StoreRepository<Plain, String> {}

    interface ByEntity extends CrudRepository<Mine, String> {}

    interface Foreign extends CrudRepository<Plain, String> {}
}
