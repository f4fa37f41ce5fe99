package org.storedb.testing;

import org.storedb.testing.IoOperation.Kind;

/**
 * Does something at the first read after each rename, such as that of a manifest: while it changes, nothing else can.
 */
public final class AfterRename implements IoInterceptor {

    private final Runnable action;
    private boolean renamed;

    public AfterRename(Runnable action) {
        this.action = action;
    }

    @Override
    public void before(IoOperation operation) {
        if (renamed && operation.kind() == Kind.READ) {
            renamed = false;
            action.run();
        }
        renamed |= operation.kind() == Kind.RENAME;
    }
}
