package org.storedb.internal.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KnownFieldIdsTests {

    private final CountingDictionary dictionary = new CountingDictionary();
    private final KnownFieldIds ids = new KnownFieldIds(dictionary);

    @Test
    void eachNameHasTheIdOfTheDictionary() {
        for (int name = 0; name < 1_000; name++) {
            dictionary.idOf("field" + name);
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int look = 0; look < 20_000; look++) {
            String name = "field" + random.nextInt(1_100);
            assertThat(ids.find(name, random.nextInt(300))).isEqualTo(dictionary.names.indexOf(name));
        }
    }

    @Test
    void namesThatAreMetAgainAreNotLookedUp() {
        ids.idOf("name");
        ids.idOf("city");
        dictionary.lookups = 0;
        for (int document = 0; document < 10; document++) {
            assertThat(ids.find("name", 1)).isZero();
            assertThat(ids.find("city", 2)).isEqualTo(1);
        }
        assertThat(dictionary.lookups).isZero();
    }

    @Test
    void namesThatStandElsewhereAreNotLookedUpEither() {
        List<String> names = List.of("id", "name", "city", "country", "population");
        names.forEach(ids::idOf);
        dictionary.lookups = 0;
        for (int left = 0; left < names.size(); left++) {
            for (int at = 0; at < names.size(); at++) {
                if (at != left) {
                    assertThat(ids.find(names.get(at), at < left ? at : at - 1)).isEqualTo(at);
                }
            }
        }
        assertThat(dictionary.lookups).isZero();
    }

    @Test
    void nameWithoutAnIdIsLookedUpAgain() {
        assertThat(ids.find("name", 1)).isEqualTo(FieldDictionary.UNKNOWN);
        dictionary.idOf("other");
        dictionary.idOf("name");
        assertThat(ids.find("name", 1)).isEqualTo(1);
    }

    @Test
    void nameForWhichThereIsNoRoomHasNoId() {
        KnownFieldIds full = new KnownFieldIds(new HeapFieldDictionary(1));
        assertThat(full.idOf("name")).isZero();
        assertThat(full.idOf("city")).isEqualTo(FieldDictionary.UNKNOWN);
        assertThat(full.find("city", 2)).isEqualTo(FieldDictionary.UNKNOWN);
        assertThat(full.find("name", 2)).isZero();
    }

    /** Counts how often it is asked. */
    private static final class CountingDictionary implements FieldDictionary {

        private final List<String> names = new ArrayList<>();
        private int lookups;

        @Override
        public int idOf(String name) {
            if (!names.contains(name)) {
                names.add(name);
            }
            return find(name);
        }

        @Override
        public int find(String name) {
            lookups++;
            return names.indexOf(name);
        }

        @Override
        public String nameOf(int id) {
            return names.get(id);
        }
    }
}
