package org.storedb.transfer;

/** What becomes of values that JSON has no text for: bytes, and decimals that are told from other numbers. */
public enum JsonTypes {
    /**
     * They are written as objects that name the type, such as <code>{"$binary": "3q2+7w=="}</code> and <code>
     * {"$decimal": "0.10"}</code>, and read as what they were.
     */
    EXACT,

    /** Bytes are written as Base64 text and decimals as numbers; nothing in a file means anything but itself. */
    PLAIN
}
