package org.storedb.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storedb.index.IndexDefinition;
import org.storedb.internal.bytes.MalformedBytesException;
import org.storedb.internal.document.CatalogEntry.IndexEntry;
import org.storedb.internal.document.CatalogEntry.Kind;
import org.storedb.query.Filter;

class CatalogFormatTests {

    private static final byte[] KEY = CatalogFormat.entryKey(Kind.COLLECTION, "people");

    private static final List<IndexEntry> INDEXES = List.of(
            new IndexEntry(IndexDefinition.uniqueOn("email").caseInsensitive(), 8),
            new IndexEntry(
                    IndexDefinition.on("a").descending("b.c").eachElementOf("ü").named("n"), 9),
            new IndexEntry(IndexDefinition.on("a").place("b"), 10),
            new IndexEntry(IndexDefinition.onWordsOf("a").descending("b"), 11),
            new IndexEntry(
                    IndexDefinition.on("a")
                            .where(Filter.anyOf(
                                    Filter.eq("a", "x").ignoringCase(),
                                    Filter.in(
                                            "b",
                                            List.of(
                                                    1,
                                                    true,
                                                    new BigDecimal("1E-400"),
                                                    new BigDecimal("1E+9900"),
                                                    List.of("y"))),
                                    Filter.exists("c").and(Filter.isNull("d")),
                                    Filter.not(Filter.hasElement("e", -0.5)),
                                    Filter.startsWith("f", "p").ignoringCase(),
                                    Filter.endsWith("f", "s"),
                                    Filter.contains("f", ""),
                                    Filter.ne("g", 1),
                                    Filter.lt("g", 1),
                                    Filter.lte("g", 1),
                                    Filter.gt("g", 1),
                                    Filter.gte("g", 1L << 40),
                                    Filter.all())),
                    700));

    @Test
    void entriesComeBack() {
        CatalogEntry entry = CatalogFormat.decodeEntry(Kind.COLLECTION, KEY, CatalogFormat.encodeEntry(7, INDEXES), 12);
        assertThat(entry.name()).isEqualTo("people");
        assertThat(entry.treeId()).isEqualTo(7);
        assertThat(entry.sequence()).isEqualTo(12);
        assertThat(entry.indexes()).isEqualTo(INDEXES);
    }

    @Test
    void aPartIsOfOneKind() {
        assertThat(partFlags(IndexDefinition.on("a"))).isZero();
        assertThat(partFlags(IndexDefinition.onEachElementOf("a").caseInsensitive()))
                .isEqualTo(2 | 4);
        assertThat(partFlags(IndexDefinition.onPlace("a"))).isEqualTo(8);
        assertThat(partFlags(IndexDefinition.onWordsOf("a"))).isEqualTo(16);

        byte[] two = CatalogFormat.encodeEntry(7, List.of(new IndexEntry(IndexDefinition.onWordsOf("a"), 8)));
        two[two.length - 3] |= 8;
        assertThatExceptionOfType(MalformedBytesException.class)
                .isThrownBy(() -> CatalogFormat.decodeEntry(Kind.COLLECTION, KEY, two, 12))
                .withMessageContaining("kind 24");
    }

    private static int partFlags(IndexDefinition ofOneLetter) {
        byte[] definition = CatalogFormat.encodeDefinition(ofOneLetter);
        return definition[definition.length - 3];
    }

    @Test
    void whatCouldNotBeReadAgainIsRefused() {
        INDEXES.forEach(index -> CatalogFormat.requireReadable(index.definition()));

        IndexDefinition ofNull = IndexDefinition.on("a").where(Filter.eq("b", Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CatalogFormat.requireReadable(ofNull))
                .withMessageContaining("'a-partial' cannot be stored: A condition compares with null");
    }

    @Test
    void everyEntryThatIsCutOffIsMalformed() {
        byte[] value = CatalogFormat.encodeEntry(7, INDEXES);
        for (int length = 1; length < value.length; length++) {
            byte[] part = Arrays.copyOf(value, length);
            assertThatExceptionOfType(MalformedBytesException.class)
                    .as("%s bytes", length)
                    .isThrownBy(() -> CatalogFormat.decodeEntry(Kind.COLLECTION, KEY, part, 12));
        }
    }

    @Test
    void anyByteThatIsAnotherIsMalformedOrAnotherDefinition() {
        byte[] value = CatalogFormat.encodeEntry(7, INDEXES);
        for (int at = 1; at < value.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = value.clone();
                flipped[at] ^= (byte) (1 << bit);
                try {
                    CatalogEntry entry = CatalogFormat.decodeEntry(Kind.COLLECTION, KEY, flipped, 12);
                    byte[] again = CatalogFormat.encodeEntry(entry.treeId(), entry.indexes());
                    assertThat(again).as("byte %s, bit %s", at, bit).isNotEqualTo(value);
                } catch (MalformedBytesException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
        }
    }
}
