package org.storedb.internal.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads values in their ordered form, see {@link KeyFormat}, one after another, each ascending or descending. A number
 * is returned as {@code Integer} or {@code Long} if it is whole and fits, whatever it was written as; else as
 * {@code Double} if it is one exactly; else as {@code BigInteger} if it is whole and a document can hold that, or as
 * {@code BigDecimal}.
 */
public final class KeyDecoder {

    private final byte[] key;
    private int position;
    private int depth;
    private int flip; // Combined with the bytes of the value that is read: all bits set for a descending one.

    public KeyDecoder(byte[] key) {
        this(key, 0);
    }

    public KeyDecoder(byte[] key, int position) {
        this.key = key;
        this.position = position;
    }

    /** Returns the only value in {@code key}. */
    public static @Nullable Object decode(byte[] key) {
        KeyDecoder decoder = new KeyDecoder(key);
        Object value = decoder.next();
        if (decoder.position() != key.length) {
            throw new MalformedDocumentException(
                    "The key continues at byte " + decoder.position() + " after its value");
        }
        return value;
    }

    /** Returns where the next value begins. */
    public int position() {
        return position;
    }

    /** Reads a value. */
    public @Nullable Object next() {
        byte type = takeType();
        return switch (type) {
            case KeyFormat.NULL -> null;
            case KeyFormat.FALSE -> false;
            case KeyFormat.TRUE -> true;
            case KeyFormat.NUMBER -> number();
            case KeyFormat.STRING -> new String(unescaped(), StandardCharsets.UTF_8);
            case KeyFormat.BINARY -> unescaped();
            case KeyFormat.ARRAY -> list();
            case KeyFormat.OBJECT -> map();
            default -> throw noValue(type);
        };
    }

    /** Skips a value without decoding it. */
    public KeyDecoder skip() {
        byte type = takeType();
        switch (type) {
            case KeyFormat.NULL, KeyFormat.FALSE, KeyFormat.TRUE -> {}
            case KeyFormat.NUMBER -> skipNumber();
            case KeyFormat.STRING, KeyFormat.BINARY -> skipTo(KeyFormat.END);
            case KeyFormat.ARRAY, KeyFormat.OBJECT -> {
                enter();
                while (!atEnd()) {
                    skip();
                }
                leave();
            }
            default -> throw noValue(type);
        }
        return this;
    }

    private void skipNumber() {
        double nearest = nearest();
        byte marker = take();
        if (marker != KeyFormat.EXACT) {
            require(4);
            position += 4;
            skipTo(isNegative(nearest, marker) ? (byte) ~KeyFormat.END : KeyFormat.END);
        }
    }

    private Number number() {
        double nearest = nearest();
        byte marker = take();
        if (marker == KeyFormat.EXACT) {
            boolean fitsLong = nearest >= -0x1p63 && nearest < 0x1p63;
            return fitsLong && nearest == Math.rint(nearest) ? whole((long) nearest) : (Number) nearest;
        }
        return exact(isNegative(nearest, marker));
    }

    private Number exact(boolean negative) {
        int inverted = negative ? 0xFF : 0;
        int mask = inverted ^ flip;
        require(4);
        long exponent = (BigEndian.getInt(key, position) ^ (mask == 0 ? 0 : -1)) ^ Integer.MIN_VALUE;
        position += 4;
        int start = position;
        skipTo((byte) inverted);
        int pairs = position - 1 - start;
        if (pairs == 0 || pairs > DocumentFormat.BIG_INTEGER_BYTES_MAX * 2 || Math.abs(exponent) > 30_000) {
            throw new MalformedDocumentException(
                    "A number cannot have " + pairs + " pairs of digits and exponent " + exponent);
        }
        StringBuilder digits = new StringBuilder(2 * pairs);
        for (int at = start; at < start + pairs; at++) {
            int pair = ((key[at] & 0xFF) ^ mask) - 1;
            if (pair > 99) {
                throw new MalformedDocumentException("Invalid pair of digits " + pair + ", at byte " + at);
            }
            digits.append((char) ('0' + pair / 10)).append((char) ('0' + pair % 10));
        }
        BigInteger unscaled = new BigInteger(digits.toString());
        int scale = (int) (digits.length() - exponent);
        BigDecimal value = new BigDecimal(negative ? unscaled.negate() : unscaled, scale).stripTrailingZeros();
        if (value.scale() > 0) {
            return value;
        }
        BigInteger integer = value.toBigIntegerExact();
        if (!PlainValues.isStorable(integer)) { // It was written as a decimal, 1E+9900.
            return value.setScale(Math.max(value.scale(), -DocumentFormat.SCALE_MAX));
        }
        return integer.bitLength() < Long.SIZE ? whole(integer.longValue()) : integer;
    }

    private static Number whole(long value) {
        if (value == (int) value) {
            return (int) value;
        }
        return value;
    }

    private static boolean isNegative(double nearest, byte marker) {
        return nearest < 0 || (nearest == 0 && marker == KeyFormat.BELOW);
    }

    private double nearest() {
        require(Double.BYTES);
        double nearest = KeyFormat.fromOrderedBits(BigEndian.getLong(key, position) ^ (flip == 0 ? 0 : -1));
        if (!Double.isFinite(nearest)) {
            throw new MalformedDocumentException("A key cannot hold the number " + nearest);
        }
        position += Double.BYTES;
        return nearest;
    }

    private byte[] unescaped() {
        int start = position;
        skipTo(KeyFormat.END);
        byte[] bytes = new byte[position - 1 - start];
        int length = 0;
        for (int at = start; at < position - 1; at++) {
            byte value = byteAt(at);
            if (value == KeyFormat.ESCAPE) {
                value = byteAt(++at) == KeyFormat.ESCAPED_END ? KeyFormat.END : KeyFormat.ESCAPE;
            }
            bytes[length++] = value;
        }
        return Arrays.copyOf(bytes, length);
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> list = new ArrayList<>();
        enter();
        while (!atEnd()) {
            list.add(next());
        }
        leave();
        return list;
    }

    private Map<String, @Nullable Object> map() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        enter();
        while (!atEnd()) {
            if (!(next() instanceof String name)) {
                throw new MalformedDocumentException("A field name must be a string, at byte " + position);
            }
            map.put(name, next());
        }
        leave();
        return map;
    }

    private boolean atEnd() {
        require(1);
        if (byteAt(position) != KeyFormat.END) {
            return false;
        }
        position++;
        return true;
    }

    private void enter() {
        if (++depth > DocumentFormat.DEPTH_MAX) {
            throw new MalformedDocumentException("The key is nested deeper than " + DocumentFormat.DEPTH_MAX);
        }
    }

    private void leave() {
        depth--;
    }

    private void skipTo(byte end) {
        while (take() != end) {}
    }

    private byte take() {
        require(1);
        return byteAt(position++);
    }

    /**
     * Reads the first byte of a value, whose sign tells whether the value is descending; nested values have the same
     * direction.
     */
    private byte takeType() {
        require(1);
        if (depth == 0) {
            flip = key[position] < 0 ? 0xFF : 0;
        }
        return take();
    }

    private byte byteAt(int at) {
        return (byte) (key[at] ^ flip);
    }

    private void require(int bytes) {
        if (key.length - position < bytes) {
            throw new MalformedDocumentException("The key ends at byte " + key.length + " within a value");
        }
    }

    private MalformedDocumentException noValue(byte type) {
        return new MalformedDocumentException("A value cannot begin with byte " + type + ", at byte " + (position - 1));
    }
}
