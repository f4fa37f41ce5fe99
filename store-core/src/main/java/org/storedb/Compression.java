package org.storedb;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.codec.ValueCodecs;
import org.storedb.internal.codec.ValueCompression;

/**
 * How new values and documents are compressed. Each is compressed on its own, if it has at least 512 bytes and shrinks
 * by an eighth or more. Whatever the setting, a store reads what was written with any other.
 *
 * <p>The libraries are optional: an application that chooses a method adds the dependency named there, and on the
 * module path also resolves it ({@code requires} or {@code --add-modules}).
 */
public final class Compression {

    /** Values are stored as they are. */
    public static final Compression NONE = new Compression(ValueCodecs.PLAIN, 0);

    private static final int ZSTD_LEVEL_DEFAULT = 3;
    private static final int ZSTD_LEVEL_MAX = 22;

    private final int codec;
    private final int level;

    private Compression(int codec, int level) {
        this.codec = codec;
        this.level = level;
    }

    /** Returns LZ4, without native code: fast, with a modest gain. Needs {@code at.yawk.lz4:lz4-java}. */
    public static Compression lz4() {
        return new Compression(ValueCodecs.LZ4, 0);
    }

    /**
     * Returns Zstandard at level 3: a good gain at a good speed. Needs {@code com.github.luben:zstd-jni}, which
     * contains native code.
     */
    public static Compression zstd() {
        return zstd(ZSTD_LEVEL_DEFAULT);
    }

    /**
     * Returns Zstandard at the given level.
     *
     * @param level 1, the fastest, to 22, the smallest
     */
    public static Compression zstd(int level) {
        if (level < 1 || level > ZSTD_LEVEL_MAX) {
            throw new IllegalArgumentException("The Zstandard level must be 1 to " + ZSTD_LEVEL_MAX + ", not " + level);
        }
        return new Compression(ValueCodecs.ZSTD, level);
    }

    ValueCompression toValueCompression() {
        return ValueCompression.of(codec, level);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Compression that && codec == that.codec && level == that.level;
    }

    @Override
    public int hashCode() {
        return Objects.hash(codec, level);
    }

    @Override
    public String toString() {
        return switch (codec) {
            case ValueCodecs.LZ4 -> "lz4";
            case ValueCodecs.ZSTD -> "zstd(" + level + ")";
            default -> "none";
        };
    }
}
