package org.storedb.spring.autoconfigure;

/** Thrown when a property of a store has an invalid value. */
final class InvalidStorePropertyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String prefix;
    private final String name;
    private final String problem;
    private final String allowed;

    /**
     * Creates an exception for the store that {@code store.*} describes.
     *
     * @param name the name of the property, without {@code store.}
     * @param problem what is wrong, phrased to follow the property's name, without anything confidential
     * @param allowed what the property must be
     */
    InvalidStorePropertyException(String name, String problem, String allowed) {
        this("store", name, problem, allowed);
    }

    private InvalidStorePropertyException(String prefix, String name, String problem, String allowed) {
        super("The property '%s.%s' %s; it must be %s".formatted(prefix, name, problem, allowed));
        this.prefix = prefix;
        this.name = name;
        this.problem = problem;
        this.allowed = allowed;
    }

    /** Returns the same exception for the additional store with this name. */
    InvalidStorePropertyException ofAdditional(String store) {
        InvalidStorePropertyException renamed =
                new InvalidStorePropertyException(AdditionalStores.PREFIX + '.' + store, name, problem, allowed);
        renamed.initCause(this);
        return renamed;
    }

    String property() {
        return prefix + '.' + name;
    }

    String problem() {
        return problem;
    }

    String allowed() {
        return allowed;
    }
}
