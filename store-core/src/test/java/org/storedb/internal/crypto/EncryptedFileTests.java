package org.storedb.internal.crypto;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storedb.error.CorruptStoreException;
import org.storedb.error.WrongKeyException;
import org.storedb.internal.io.MemoryDirectory;
import org.storedb.storage.StorageFile;

class EncryptedFileTests {

    private static final String NAME = "some.file";
    private static final String PURPOSE = "test of store 1";
    private static final int CHUNK = EncryptedFileFormat.CHUNK_BYTES;

    private final Random random = new Random(3);
    private final MemoryDirectory directory = new MemoryDirectory();
    private final KeyRing keys = ring("2026", 1);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 77})
    void whatIsWrittenIsRead(int length) throws IOException {
        byte[] content = content(length);
        StorageFile file = written(content);

        EncryptedFileReader reader = new EncryptedFileReader(file, NAME, keys, PURPOSE);

        assertThat(reader.size()).isEqualTo(length);
        assertThat(read(reader, 0, length)).isEqualTo(content);
        int middle = length / 2;
        assertThat(read(reader, middle, length - middle)).isEqualTo(Arrays.copyOfRange(content, middle, length));
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(reader, middle, length - middle + 1));
    }

    @Test
    void plainTextIsNotInTheFile() throws IOException {
        StorageFile file = written("a secret that is long enough to be found".getBytes(UTF_8));

        String visible = new String(bytesOf(file), ISO_8859_1);

        assertThat(visible).doesNotContain("secret").contains("2026");
    }

    @Test
    void everyFlippedBitIsNoticed() throws IOException {
        byte[] content = content(300);
        byte[] good = bytesOf(written(content));
        for (int bit = 0; bit < Byte.SIZE * good.length; bit++) {
            byte[] bad = good.clone();
            bad[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertDamaged(bad);
        }
    }

    @Test
    void cutOffExchangedOrRepeatedChunksAreNoticed() throws IOException {
        byte[] good = bytesOf(written(content(3 * CHUNK + 5)));
        int sealed = EncryptedFileFormat.SEALED_CHUNK_BYTES;
        int header = EncryptedFileFormat.HEADER_BYTES;
        for (int length :
                List.of(0, 5, header - 1, header, header + 1, header + sealed, header + 3 * sealed, good.length - 1)) {
            assertDamaged(Arrays.copyOf(good, length));
        }
        byte[] exchanged = good.clone();
        System.arraycopy(good, header, exchanged, header + sealed, sealed);
        System.arraycopy(good, header + sealed, exchanged, header, sealed);
        assertDamaged(exchanged);
        byte[] longer = Arrays.copyOf(good, good.length + sealed);
        System.arraycopy(good, header, longer, good.length, sealed);
        assertDamaged(longer);
    }

    @Test
    void fileOfAnotherPurposeIsRefused() throws IOException {
        StorageFile file = written(content(10));

        assertThatExceptionOfType(CorruptStoreException.class)
                .isThrownBy(() -> new EncryptedFileReader(file, NAME, keys, "test of store 2"));
    }

    @Test
    void wrongMissingAndUnknownKeysAreToldApart() throws IOException {
        StorageFile file = written(content(10));

        assertWrongKey(file, ring("2026", 2)).withMessageContaining("a key '2026' that is not the one given");
        assertWrongKey(file, ring("2027", 1)).withMessageContaining("'2026'").withMessageContaining("[2027]");
        assertWrongKey(file, null).withMessageContaining("withEncryption");
    }

    @Test
    void formerKeyReadsWhatItWrote() throws IOException {
        byte[] content = content(10);
        StorageFile file = written(content);
        KeyRing rotated = new KeyRing(key("2027", 2), List.of(key("2026", 1)), false, random);

        assertThat(read(new EncryptedFileReader(file, NAME, rotated, PURPOSE), 0, 10))
                .isEqualTo(content);
    }

    @Test
    void keysDoNotShowThemselves() {
        assertThat(key("2026", 1)).hasToString("MasterKey[2026]");
        assertThat(keys).hasToString("KeyRing[2026]");
    }

    private ThrowableAssertAlternative<WrongKeyException> assertWrongKey(StorageFile file, @Nullable KeyRing ring) {
        return assertThatExceptionOfType(WrongKeyException.class)
                .isThrownBy(() -> new EncryptedFileReader(file, NAME, ring, PURPOSE));
    }

    private void assertDamaged(byte[] bytes) throws IOException {
        MemoryDirectory other = new MemoryDirectory();
        StorageFile file = other.create(NAME, 0);
        file.write(0, bytes, 0, bytes.length);
        assertThatExceptionOfType(CorruptStoreException.class).isThrownBy(() -> {
            EncryptedFileReader reader = new EncryptedFileReader(file, NAME, keys, PURPOSE);
            read(reader, 0, (int) reader.size());
        });
    }

    private StorageFile written(byte[] content) throws IOException {
        StorageFile file = directory.create(NAME, 0);
        EncryptedFileWriter writer = new EncryptedFileWriter(file, keys, PURPOSE);
        int done = 0;
        while (done < content.length) {
            int part = Math.min(content.length - done, 1 + random.nextInt(2 * CHUNK));
            writer.write(content, done, part);
            done += part;
        }
        writer.finish();
        return file;
    }

    private static byte[] bytesOf(StorageFile file) throws IOException {
        byte[] bytes = new byte[(int) file.size()];
        file.read(0, bytes, 0, bytes.length);
        return bytes;
    }

    private static byte[] read(EncryptedFileReader reader, long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        reader.read(position, bytes, 0, length);
        return bytes;
    }

    private byte[] content(int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        return content;
    }

    private KeyRing ring(String id, int fill) {
        return new KeyRing(key(id, fill), List.of(), false, random);
    }

    private static MasterKey key(String id, int fill) {
        byte[] bytes = new byte[MasterKey.KEY_BYTES];
        Arrays.fill(bytes, (byte) fill);
        return new MasterKey(id, bytes);
    }
}
