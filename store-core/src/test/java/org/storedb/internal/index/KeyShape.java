package org.storedb.internal.index;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** The kinds of keys that random tests draw from. */
enum KeyShape {
    /** 16 random bytes. */
    RANDOM {
        @Override
        byte[] key(Random random) {
            return randomBytes(random, 16);
        }
    },
    /** 0 to 3 bytes of few values: prefixes of each other, padding that looks like data, 0xFF. */
    TINY {
        @Override
        byte[] key(Random random) {
            return fewValues(random, random.nextInt(9));
        }
    },
    /** Around the eight bytes of a head, with zero bytes and 0xFF bytes at the end. */
    AROUND_THE_HEAD {
        @Override
        byte[] key(Random random) {
            return fewValues(random, 6 + random.nextInt(6));
        }
    },
    /** Numbers in eight bytes, close together. */
    NUMBERS {
        @Override
        byte[] key(Random random) {
            return ByteBuffer.allocate(8).putLong(random.nextInt(8_000)).array();
        }
    },
    /** Few long values, each followed by a number: entries of an index over two fields. */
    COMPOSITE {
        @Override
        byte[] key(Random random) {
            byte[] value = new byte[20 + random.nextInt(4) * 40];
            Arrays.fill(value, (byte) ('a' + random.nextInt(4)));
            return ByteBuffer.allocate(value.length + 4)
                    .put(value)
                    .putInt(random.nextInt(1_000))
                    .array();
        }
    },
    /** From 0 to some hundred bytes. */
    MIXED {
        @Override
        byte[] key(Random random) {
            return randomBytes(random, random.nextInt(random.nextInt(8) == 0 ? 900 : 40));
        }
    },
    /** The same byte again and again, more or less often: each key is a prefix of all longer ones. */
    NESTED {
        @Override
        byte[] key(Random random) {
            byte[] key = new byte[random.nextInt(2_500)];
            Arrays.fill(key, (byte) 7);
            return key;
        }
    },
    /** A few of the longest keys among short ones, most of them with a long common prefix. */
    LONGEST {
        @Override
        byte[] key(Random random) {
            if (random.nextInt(20) != 0) {
                return fewValues(random, 10);
            }
            byte[] key = new byte[CountedTree.KEY_BYTES_MAX - random.nextInt(3)];
            key[random.nextInt(4) == 0 ? random.nextInt(key.length) : key.length - 3] = (byte) random.nextInt(256);
            return key;
        }
    };

    abstract byte[] key(Random random);

    private static byte[] randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] fewValues(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (random.nextInt(4) - 1);
        }
        return bytes;
    }
}
