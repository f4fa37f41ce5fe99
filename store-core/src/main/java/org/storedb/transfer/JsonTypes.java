package org.storedb.transfer;

/** How values are written that have no JSON form: bytes, and decimals as distinct from other numbers. */
public enum JsonTypes {
    /**
     * They are written as objects that name the type, such as <code>{"$binary": "3q2+7w=="}</code> and <code>
     * {"$decimal": "0.10"}</code>, and read back as the same types.
     */
    EXACT,

    /** Bytes are written as Base64 text and decimals as numbers; nothing in a file is interpreted. */
    PLAIN
}
