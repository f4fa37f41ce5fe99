package org.storedb.internal.io;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** A secure random generator that is created on first use: a store that is only read never needs one. */
final class SystemRandom implements RandomGenerator {

    @Override
    public long nextLong() {
        return Holder.RANDOM.nextLong();
    }

    @Override
    public void nextBytes(byte[] bytes) {
        Holder.RANDOM.nextBytes(bytes);
    }

    private static final class Holder {
        private static final SecureRandom RANDOM = new SecureRandom();
    }
}
