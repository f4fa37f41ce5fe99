package org.storedb.error;

/** Thrown when a view is requested with an older version than it has. */
public class ViewVersionException extends StoreException {

    private static final long serialVersionUID = 1L;

    public ViewVersionException(String collection, String view, int version, int given) {
        super("View '" + view + "' of collection '" + collection + "' already has version " + version + ", but version "
                + given + " of its function was given; use the function of the newest version");
    }
}
