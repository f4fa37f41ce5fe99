package org.storedb.transfer;

/** How several documents stand in one text. */
public enum JsonFormat {
    /** A document on each line, in UTF-8. A line that is damaged does no harm to the next one. */
    LINES,

    /** One array of documents. What comes behind text that is not JSON cannot be read. */
    ARRAY
}
