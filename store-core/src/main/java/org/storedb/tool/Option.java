package org.storedb.tool;

/** An option of commands. */
enum Option {
    KEYS("keys", "FILE", "the keys of an encrypted store, instead of the variable STOREDB_KEYS"),
    ENCRYPT_EXISTING("encrypt-existing", "", "parts of the store are not encrypted yet"),
    OPEN_TIMEOUT("open-timeout", "TIME", "wait for another process to close the store: 500ms, 30s, 5m"),
    FULL("full", "", "copy everything, so that the backup needs no earlier one"),
    NUMBER("number", "N", "the number of the backup; by default the latest"),
    COLLECTION("collection", "NAME", "only this collection; may be given several times");

    private final String label;
    private final String value;
    private final String summary;

    Option(String label, String value, String summary) {
        this.label = "--" + label;
        this.value = value;
        this.summary = summary;
    }

    /** Returns the option as it is given on a command line, without its value. */
    String label() {
        return label;
    }

    /** Returns the option with a name for its value, if it has one. */
    String form() {
        return hasValue() ? label + " " + value : label;
    }

    boolean hasValue() {
        return !value.isEmpty();
    }

    boolean isRepeatable() {
        return this == COLLECTION;
    }

    String summary() {
        return summary;
    }
}
