package org.storedb.spring.data.auditing;

import org.springframework.beans.factory.ObjectFactory;
import org.springframework.core.Ordered;
import org.springframework.data.auditing.IsNewAwareAuditingHandler;
import org.storedb.spring.data.core.event.StoreBeforeConvertCallback;

/**
 * Callback that sets time and author of each entity that is about to be stored. Called before callbacks without an
 * order.
 */
class AuditingCallback implements StoreBeforeConvertCallback<Object>, Ordered {

    private static final int ORDER = 100;

    private final ObjectFactory<IsNewAwareAuditingHandler> handler;

    /** Creates a callback. The handler is looked up lazily: it may need beans that need the store. */
    AuditingCallback(ObjectFactory<IsNewAwareAuditingHandler> handler) {
        this.handler = handler;
    }

    @Override
    public Object onBeforeConvert(Object entity, String collection) {
        return handler.getObject().markAudited(entity);
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
