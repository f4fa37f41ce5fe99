package org.storedb.internal.codec;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.storedb.internal.bytes.MalformedBytesException;

/** LZ4 blocks, in pure Java: the native variant warns on newer JVMs, the unsafe one trusts its input. */
final class Lz4Codec implements ValueCodec {

    private final LZ4Compressor compressor = LZ4Factory.safeInstance().fastCompressor();
    private final LZ4SafeDecompressor decompressor = LZ4Factory.safeInstance().safeDecompressor();

    @Override
    public int compress(byte[] value, byte[] target, int offset, int level) {
        try {
            return compressor.compress(value, 0, value.length, target, offset, target.length - offset);
        } catch (LZ4Exception e) { // This is how it reports that the target is too short.
            return -1;
        }
    }

    @Override
    public void decompress(byte[] bytes, int offset, int length, byte[] target) {
        int written;
        try {
            written = decompressor.decompress(bytes, offset, length, target, 0, target.length);
        } catch (LZ4Exception e) {
            throw new MalformedBytesException("Not an LZ4 block: " + e.getMessage());
        }
        if (written != target.length) {
            throw new MalformedBytesException("An LZ4 block of " + written + " bytes instead of " + target.length);
        }
    }
}
