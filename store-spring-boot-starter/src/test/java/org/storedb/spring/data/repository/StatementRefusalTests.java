package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.repository.query.QueryCreationException;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.repository.StatementQueryTests.KindAndN;
import org.storedb.spring.data.repository.StatementQueryTests.Sale;

/** Statements that make no sense fail when the repository is created. */
class StatementRefusalTests {

    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void statementsThatCannotBeMeant() {
        assertRefused(SelectsEntities.class, "use 'find'");
        assertRefused(SelectsUnknown.class, "nmae");
        assertRefused(SelectsTooLittle.class, "needs 'city'", "[id]");
        assertRefused(UnnamedFigure.class, "'n'", "count(*)", "as");
        assertRefused(SeveralAsOne.class, "[id, number]", "Integer");
        assertRefused(
                TagsAsText.class,
                "'tags'",
                "Set<java.lang.String>",
                "cannot be converted to" + " String",
                "List",
                "Object");
        assertRefused(NoSuchProperty.class, "takes no 'n'", "[sales]", "'as'");
        assertRefused(SelectsWindow.class, "page");
        assertRefused(UpdatesToList.class, "long");
        assertRefused(UpdatesUnknown.class, "nmae");
        assertRefused(UpdatesBadly.class, "kind", "CHEESE");
        assertRefused(UpdatesToFraction.class, "amount", "1.5");
        assertRefused(RenamesToOtherType.class, "number", "tags");
        assertRefused(UpdatesVersion.class, "version");
        assertRefused(UpdatesSorted.class, "in its text");
        assertRefused(UpdatesElsewhere.class, "purchases");
        assertRefused(BadExpression.class, "EL1044E");
        assertRefused(MixedExpression.class, "?1");
    }

    @Test
    void textsOfOtherStoresAreRefusedWithAnExample() {
        assertRefused(OfMongo.class, "a MongoDB query", "\"find sales where name = ?1 order by name\"");
        assertRefused(OfJpa.class, "JPQL", "\"find sales where name = ?1 order by name\", without an alias");
        assertRefused(OfJpaWithoutSelect.class, "JPQL", "\"find sales where");
        assertRefused(CountOfJpa.class, "JPQL", "\"find sales where");
        assertRefused(UpdateOfJpa.class, "JPQL", "\"update sales set");
        assertRefused(DeleteOfSql.class, "SQL", "\"delete sales where");
    }

    private void assertRefused(Class<?> repository, String... mentioned) {
        assertThatThrownBy(() -> fixture.repository(repository))
                .isInstanceOf(QueryCreationException.class)
                .message()
                .contains(mentioned);
    }

    interface SelectsEntities extends StoreRepository<Sale, String> {
        @Query("select id from sales")
        List<Sale> all();
    }

    interface OfMongo extends StoreRepository<Sale, String> {
        @Query("{ 'kind' : ?0 }")
        List<Sale> all(String kind);
    }

    interface OfJpa extends StoreRepository<Sale, String> {
        @Query("SELECT DISTINCT s FROM Sale s WHERE s.kind = ?1")
        List<Sale> all(String kind);
    }

    interface OfJpaWithoutSelect extends StoreRepository<Sale, String> {
        @Query("from Sale where kind = ?1")
        List<Sale> all(String kind);
    }

    interface CountOfJpa extends StoreRepository<Sale, String> {
        @Query("select count(s) from #{#entityName} s")
        long all();
    }

    interface UpdateOfJpa extends StoreRepository<Sale, String> {
        @Query("update Sale s set s.kind = ?1 where s.id = ?2")
        int all(String kind, String id);
    }

    interface DeleteOfSql extends StoreRepository<Sale, String> {
        @Query("delete from sales where kind = ?1")
        int all(String kind);
    }

    interface SelectsUnknown extends StoreRepository<Sale, String> {
        @Query("select nmae from sales")
        List<String> all();
    }

    record IdAndCity(String id, String city) {}

    interface SelectsTooLittle extends StoreRepository<Sale, String> {
        @Query("select id from sales")
        List<IdAndCity> all();
    }

    interface UnnamedFigure extends StoreRepository<Sale, String> {
        @Query("select kind, count(*) from sales group by kind")
        List<KindAndN> all();
    }

    interface SeveralAsOne extends StoreRepository<Sale, String> {
        @Query("select id, number from sales")
        List<Integer> all();
    }

    interface TagsAsText extends StoreRepository<Sale, String> {
        @Query("select tags from sales")
        Set<String> all();
    }

    static class Count {
        private long sales;

        public long getSales() {
            return sales;
        }

        public void setSales(long newSales) {
            this.sales = newSales;
        }
    }

    interface NoSuchProperty extends StoreRepository<Sale, String> {
        @Query("select count(*) as n from sales")
        Count all();
    }

    interface SelectsWindow extends StoreRepository<Sale, String> {
        @Query("select id from sales")
        Window<String> all(ScrollPosition position);
    }

    interface UpdatesToList extends StoreRepository<Sale, String> {
        @Query("update sales set number = 1 where true")
        List<Sale> all();
    }

    interface UpdatesUnknown extends StoreRepository<Sale, String> {
        @Query("update sales set nmae = 1 where true")
        long all();
    }

    interface UpdatesBadly extends StoreRepository<Sale, String> {
        @Query("update sales set kind = 'CHEESE' where true")
        long all();
    }

    interface UpdatesToFraction extends StoreRepository<Sale, String> {
        @Query("update sales set number = 1.5 where true")
        long all();
    }

    interface RenamesToOtherType extends StoreRepository<Sale, String> {
        @Query("update sales rename number to tags where true")
        long all();
    }

    interface UpdatesVersion extends StoreRepository<Sale, String> {
        @Query("update sales set version = 1 where true")
        long all();
    }

    interface UpdatesSorted extends StoreRepository<Sale, String> {
        @Query("update sales set number = 1 where true")
        long all(Sort sort);
    }

    interface UpdatesElsewhere extends StoreRepository<Sale, String> {
        @Query("update purchases set number = 1 where true")
        long all();
    }

    interface BadExpression extends StoreRepository<Sale, String> {
        @Query("find sales where number = :#{#}")
        Collection<Sale> all(int number);
    }

    interface MixedExpression extends StoreRepository<Sale, String> {
        @Query("find sales where number = ?1 and number = :#{[0]}")
        Collection<Sale> all(int number);
    }
}
