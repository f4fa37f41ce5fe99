package org.storedb.error;

/** Thrown when a view is requested with an older version than it has. */
public class ViewVersionException extends StoreException {

    private static final long serialVersionUID = 1L;

    public ViewVersionException(String collection, String view, int version, int given) {
        super("View '" + view + "' of collection '" + collection + "' has version " + version + " already; version "
                + given + " of its function is an older one: give the function that belongs to the newest version");
    }
}
