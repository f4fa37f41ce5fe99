package org.storedb.internal.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.util.Native;
import org.storedb.internal.bytes.MalformedBytesException;

/** Zstandard frames, using the native library. */
final class ZstdCodec implements ValueCodec {

    ZstdCodec() {
        Native.load(); // Fails now if there is none for this machine.
    }

    @Override
    public int compress(byte[] value, byte[] target, int offset, int level) {
        try {
            return (int) Zstd.compressByteArray(target, offset, target.length - offset, value, 0, value.length, level);
        } catch (ZstdException e) { // This is how it reports that the target is too short.
            return -1;
        }
    }

    @Override
    public void decompress(byte[] bytes, int offset, int length, byte[] target) {
        long written;
        try {
            written = Zstd.decompressByteArray(target, 0, target.length, bytes, offset, length);
        } catch (ZstdException e) {
            throw new MalformedBytesException("Not a Zstandard frame: " + e.getMessage());
        }
        if (written != target.length) {
            throw new MalformedBytesException("A Zstandard frame of " + written + " bytes instead of " + target.length);
        }
    }
}
