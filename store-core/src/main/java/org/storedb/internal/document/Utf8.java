package org.storedb.internal.document;

/** UTF-8 without intermediate arrays, and without replacing malformed text. */
final class Utf8 {

    /** The length of text with an unpaired surrogate, which has no UTF-8. */
    static final int MALFORMED = -1;

    private Utf8() {}

    /** Returns the bytes of {@code text} in UTF-8, or {@link #MALFORMED}. */
    static int length(String text) {
        int chars = text.length();
        int all = 0;
        for (int at = 0; at < chars; at++) { // Most text is short and ASCII; this is the shortest loop to check it.
            all |= text.charAt(at);
        }
        return all < 0x80 ? chars : lengthBeyondAscii(text);
    }

    private static int lengthBeyondAscii(String text) {
        int chars = text.length();
        long bytes = chars;
        for (int at = 0; at < chars; at++) {
            char character = text.charAt(at);
            if (character >= 0x80) {
                if (character < 0x800) {
                    bytes++;
                } else if (!Character.isSurrogate(character)) {
                    bytes += 2;
                } else if (isPair(text, at)) {
                    bytes += 2; // Two chars become four bytes.
                    at++;
                } else {
                    return MALFORMED;
                }
            }
        }
        return Math.toIntExact(bytes);
    }

    /**
     * Writes {@code text} whose {@link #length} is known.
     *
     * @return the position after it
     */
    @SuppressWarnings("deprecation") // takes the low bytes of characters, which is what ASCII is
    static int write(String text, int length, byte[] target, int position) {
        if (length > text.length()) {
            return write(text, target, position);
        }
        text.getBytes(0, length, target, position);
        return position + length;
    }

    /**
     * Writes {@code text}, which must have a {@link #length}.
     *
     * @return the position after it
     */
    static int write(String text, byte[] target, int position) {
        int to = position;
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character < 0x80) {
                target[to++] = (byte) character;
            } else if (character < 0x800) {
                target[to++] = (byte) (0xC0 | (character >> 6));
                target[to++] = continuation(character);
            } else if (!Character.isSurrogate(character)) {
                target[to++] = (byte) (0xE0 | (character >> 12));
                target[to++] = continuation(character >> 6);
                target[to++] = continuation(character);
            } else {
                int codePoint = text.codePointAt(at++);
                target[to++] = (byte) (0xF0 | (codePoint >> 18));
                target[to++] = continuation(codePoint >> 12);
                target[to++] = continuation(codePoint >> 6);
                target[to++] = continuation(codePoint);
            }
        }
        return to;
    }

    private static boolean isPair(String text, int at) {
        return at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }
}
