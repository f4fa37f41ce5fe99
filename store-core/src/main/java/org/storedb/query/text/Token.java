package org.storedb.query.text;

import org.jspecify.annotations.Nullable;

/**
 * A word or sign of a query.
 *
 * @param start where it begins in the text
 * @param end where it ends, exclusive
 * @param content its content, without quotes and prefixes; words in normalized form
 * @param number the value of a {@link Kind#NUMBER}
 */
record Token(
        Kind kind,
        int start,
        int end,
        String content,
        @Nullable Number number) {

    /** The kind of a token. */
    enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        NUMBER,
        NAMED_PARAMETER,
        POSITIONAL_PARAMETER,
        SIGN,
        END
    }

    boolean is(Kind expected) {
        return kind == expected;
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && content.equals(word);
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && content.equals(sign);
    }
}
