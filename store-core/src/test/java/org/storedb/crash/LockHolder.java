package org.storedb.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import org.storedb.Store;

/** Holds a store open until it is killed. Arguments: the directory of the store, a file that is written when it is open. */
final class LockHolder {

    private LockHolder() {}

    public static void main(String[] arguments) throws Exception {
        Store store = Store.open(Path.of(arguments[0]));
        store.keyspace("entries").put(new byte[] {1}, new byte[] {2});
        Files.writeString(Path.of(arguments[1]), "open");
        while (store.isOpen()) {
            Thread.sleep(1000);
        }
    }
}
