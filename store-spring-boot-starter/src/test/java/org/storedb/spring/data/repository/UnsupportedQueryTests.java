package org.storedb.spring.data.repository;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.data.repository.query.QueryCreationException;
import org.storedb.spring.data.core.StoreFixture;

/** A method that cannot be a query fails when its repository is made, and the message names it and says why. */
class UnsupportedQueryTests {

    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void keywordsThatTheStoreDoesNotHave() {
        assertRefused(Regex.class, "findByNameMatchesRegex", "REGEX", "name");
        assertRefused(Near.class, "findByNameNear", "NEAR");
        assertRefused(Within.class, "findByNameWithin", "WITHIN");
        assertRefused(Empty.class, "findByTagsIsEmpty", "IS_EMPTY", "tags");
    }

    @Test
    void unknownProperty() {
        assertRefused(Unknown.class, "findByNaem", "naem");
    }

    @Test
    void propertyThatIsNotStored() {
        assertRefused(ByVersion.class, "findByVersion", "version");
        assertRefused(InsideCollection.class, "findByFormerAddressesCity", "formerAddresses.city");
    }

    @Test
    void sortThatHasNoOrder() {
        assertRefused(SortedByTags.class, "findByOrderByTags", "sorted");
        assertRefused(OrderedTags.class, "findByTagsGreaterThan", "GREATER_THAN", "no order");
    }

    @Test
    void textKeywordOnSomethingElse() {
        assertRefused(LikeAge.class, "findByAgeLike", "LIKE", "not a string");
        assertRefused(CaseOfAge.class, "findByAgeIgnoreCase", "case");
    }

    @Test
    void wrongParameters() {
        assertRefused(TooFew.class, "findByNameAndAge", "age", "no parameter");
        assertRefused(TooMany.class, "findByName", "2 parameters");
        assertRefused(InWithoutCollection.class, "findByNameIn", "collection");
    }

    @Test
    void deleteThatReturnsTruth() {
        assertRefused(DeletesToBoolean.class, "deleteByName", "how many");
    }

    @Test
    void scrolling() {
        assertRefused(WindowWithoutPosition.class, "findByName", "ScrollPosition");
        assertRefused(PositionWithoutWindow.class, "findByName", "Window");
    }

    private void assertRefused(Class<?> repository, String... mentioned) {
        assertThatThrownBy(() -> fixture.repository(repository))
                .isInstanceOf(QueryCreationException.class)
                .message()
                .contains(mentioned);
    }

    interface Regex extends StoreRepository<Person, String> {
        List<Person> findByNameMatchesRegex(String pattern);
    }

    interface Near extends StoreRepository<Person, String> {
        List<Person> findByNameNear(String name);
    }

    interface Within extends StoreRepository<Person, String> {
        List<Person> findByNameWithin(String name);
    }

    interface Empty extends StoreRepository<Person, String> {
        List<Person> findByTagsIsEmpty();
    }

    interface Unknown extends StoreRepository<Person, String> {
        List<Person> findByNaem(String name);
    }

    interface ByVersion extends StoreRepository<Person, String> {
        List<Person> findByVersion(long version);
    }

    interface InsideCollection extends StoreRepository<Person, String> {
        List<Person> findByFormerAddressesCity(String city);
    }

    interface SortedByTags extends StoreRepository<Person, String> {
        List<Person> findByOrderByTags();
    }

    interface OrderedTags extends StoreRepository<Person, String> {
        List<Person> findByTagsGreaterThan(String tag);
    }

    interface LikeAge extends StoreRepository<Person, String> {
        List<Person> findByAgeLike(String age);
    }

    interface CaseOfAge extends StoreRepository<Person, String> {
        List<Person> findByAgeIgnoreCase(int age);
    }

    interface TooFew extends StoreRepository<Person, String> {
        List<Person> findByNameAndAge(String name);
    }

    interface TooMany extends StoreRepository<Person, String> {
        List<Person> findByName(String name, int age);
    }

    interface InWithoutCollection extends StoreRepository<Person, String> {
        List<Person> findByNameIn(String name);
    }

    interface DeletesToBoolean extends StoreRepository<Person, String> {
        boolean deleteByName(String name);
    }

    interface WindowWithoutPosition extends StoreRepository<Person, String> {
        Window<Person> findByName(String name);
    }

    interface PositionWithoutWindow extends StoreRepository<Person, String> {
        List<Person> findByName(String name, ScrollPosition position);
    }
}
