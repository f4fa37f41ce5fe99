package org.storedb.spring.data.core;

import java.util.List;
import java.util.function.Consumer;
import org.storedb.Store;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.convert.StoreCustomConversions;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import org.storedb.spring.data.repository.support.StoreRepositoryFactory;

/** An in-memory store with a template over it. */
public final class StoreFixture implements AutoCloseable {

    private final Store store = Store.openInMemory();
    private final StoreTemplate template;

    public StoreFixture(Object... converters) {
        this(context -> {}, converters);
    }

    public StoreFixture(Consumer<StoreMappingContext> settings, Object... converters) {
        StoreCustomConversions conversions = new StoreCustomConversions(List.of(converters));
        StoreMappingContext mappingContext = new StoreMappingContext();
        settings.accept(mappingContext);
        mappingContext.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
        this.template = new StoreTemplate(store, new StoreConverter(mappingContext, conversions));
    }

    public Store store() {
        return store;
    }

    public StoreTemplate template() {
        return template;
    }

    public <R> R repository(Class<R> repositoryInterface) {
        return new StoreRepositoryFactory(template).getRepository(repositoryInterface);
    }

    @Override
    public void close() {
        store.close();
    }
}
