package org.storedb.query.text;

import org.jspecify.annotations.Nullable;

/**
 * A word or sign of a query.
 *
 * @param start where it begins in the text
 * @param end where it ends, exclusive
 * @param content what it says, without quotes and prefixes; words in the normal form
 * @param number the value of a {@link Kind#NUMBER}
 */
record Token(
        Kind kind,
        int start,
        int end,
        String content,
        @Nullable Number number) {

    /** What a token is. */
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
