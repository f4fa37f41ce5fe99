package org.storedb.transfer;

/** How several documents are written in one text. */
public enum JsonFormat {
    /** One document per line, in UTF-8. A damaged line does not affect the next one. */
    LINES,

    /** One array of documents. Anything after invalid JSON cannot be read. */
    ARRAY
}
