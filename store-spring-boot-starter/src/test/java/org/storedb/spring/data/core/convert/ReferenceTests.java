package org.storedb.spring.data.core.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Reference;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.ExampleMatcher;
import org.springframework.data.mapping.MappingException;
import org.storedb.Store;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.mapping.DocumentReference;
import org.storedb.spring.data.repository.StoreRepository;

class ReferenceTests {

    private final StoreFixture fixture = new StoreFixture();
    private final Author ada = fixture.template().insert(new Author("Ada"));
    private final Author bob = fixture.template().insert(new Author("Bob"));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void onlyTheIdIsStored() {
        fixture.template().insert(new Book("1", ada, List.of(ada, bob)));

        assertThat(fixture.store().collection("book").get("1").orElseThrow())
                .containsEntry("author", ada.getId())
                .containsEntry("editors", List.of(ada.getId(), bob.getId()));
    }

    @Test
    void whatIsReferredToIsReadWhenItIsUsed() {
        fixture.template().insert(new Book("1", ada, List.of(bob)));
        Book book = fixture.template().findById("1", Book.class).orElseThrow();
        ada.setName("Ada Lovelace");
        fixture.template().save(ada);

        assertThat(book.author().getName()).isEqualTo("Ada Lovelace");
        assertThat(book.editors().get(0).getName()).isEqualTo("Bob");
    }

    @Test
    void referenceThatWasReadCanBeStoredAgain() {
        fixture.template().insert(new Book("1", ada, List.of()));
        Book book = fixture.template().findById("1", Book.class).orElseThrow();

        fixture.template().insert(new Book("2", book.author(), List.of(book.author())));

        assertThat(fixture.template()
                        .findById("2", Book.class)
                        .orElseThrow()
                        .author()
                        .getId())
                .isEqualTo(ada.getId());
    }

    @Test
    void lazyReferenceIsEmbeddedAsTheEntityItLeadsTo() {
        fixture.template().insert(new Book("1", ada, List.of()));
        Author read = fixture.template().findById("1", Book.class).orElseThrow().author();

        fixture.template().insert(new Award("1", read));

        assertThat(fixture.store().collection("award").get("1").orElseThrow())
                .containsEntry("winner", Map.of("id", ada.getId(), "name", "Ada"));
        assertThat(fixture.template().count(Query.where(Filter.eq("winner", read)), Award.class))
                .isEqualTo(1);
    }

    @Test
    void entityBehindALazyReferenceCanBeChanged() {
        fixture.template().insert(new Book("1", ada, List.of()));
        Author read = fixture.template().findById("1", Book.class).orElseThrow().author();
        read.setName("changed");

        fixture.template().save(read);

        assertThat(fixture.template()
                        .findById(ada.getId(), Author.class)
                        .orElseThrow()
                        .getName())
                .isEqualTo("changed");
        assertThat(fixture.template().count(Author.class)).isEqualTo(2);
    }

    @Test
    void recordsAreReadAtOnce() {
        City rome = fixture.template().insert(new City("rome", "Rome"));
        fixture.template().insert(new Person("1", rome));

        assertThat(fixture.template().findById("1", Person.class)).contains(new Person("1", rome));
        fixture.template().delete(rome);
        assertThat(fixture.template().findById("1", Person.class)).contains(new Person("1", null));
    }

    @Test
    void failureToReadAtOnceIsThatOfTheStore() {
        City rome = fixture.template().insert(new City("rome", "Rome"));
        fixture.template().insert(new Person("1", rome));
        Traveller traveller = new Traveller("1");
        traveller.home = rome;
        fixture.template().insert(traveller);
        fixture.template().getConverter().setReferenceLoader((type, id) -> {
            throw new QueryTimeoutException("too late");
        });

        for (Class<?> type : List.of(Person.class, Traveller.class)) {
            assertThatExceptionOfType(QueryTimeoutException.class)
                    .isThrownBy(() -> fixture.template().findById("1", type))
                    .withMessage("too late");
        }
    }

    @Test
    void lazyReferenceThatLeadsNowhereSaysSo() {
        fixture.template().insert(new Book("1", ada, List.of()));
        fixture.template().delete(ada);
        Book book = fixture.template().findById("1", Book.class).orElseThrow();

        assertThatExceptionOfType(DataRetrievalFailureException.class)
                .isThrownBy(() -> book.author().getName())
                .withMessageContaining(ada.getId())
                .withMessageContaining("Author");
    }

    @Test
    void idOfALazyReferenceIsKnownWithoutReadingIt() {
        Friend first = fixture.template().insert(new Friend("1"));
        fixture.template().insert(new Friend("2", first));
        fixture.template().insert(new Numbered(7L, null));
        fixture.template().insert(new Numbered(8L, new Numbered(7L, null)));
        Friend friend = fixture.template().findById("2", Friend.class).orElseThrow();
        Numbered numbered = fixture.template().findById(8L, Numbered.class).orElseThrow();
        fixture.store().collection("friend").delete("1");
        fixture.store().collection("numbered").delete(7L);

        assertThat(friend.getFriend().getId()).isEqualTo("1");
        assertThat(Objects.requireNonNull(numbered.next).id()).isEqualTo(7);
    }

    @Test
    void whatIsNotStoredCannotBeReferredTo() {
        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> fixture.template().insert(new Book("1", new Author("new"), List.of())))
                .withMessageContaining("store it first");
    }

    @Test
    void referencesCanBeAskedFor() {
        BookRepository books = fixture.repository(BookRepository.class);
        books.insert(new Book("1", ada, List.of(bob)));
        books.insert(new Book("2", bob, List.of()));

        assertThat(books.findByAuthor(ada)).extracting(Book::id).containsExactly("1");
        assertThat(books.findByAuthorId(bob.getId())).extracting(Book::id).containsExactly("2");
        assertThat(books.findByEditorsContaining(bob)).extracting(Book::id).containsExactly("1");
    }

    @Test
    void templatesOfTwoStoresDoNotShareAConverter() {
        StoreConverter converter = fixture.template().getConverter();
        fixture.template().insert(new Book("1", ada, List.of()));
        try (Store other = Store.openInMemory()) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> new StoreTemplate(other, converter))
                    .withMessageContaining("give each template its own converter");
        }
        StoreTemplate second = new StoreTemplate(fixture.store(), converter);

        for (StoreTemplate template : List.of(fixture.template(), second)) {
            Book book = template.findById("1", Book.class).orElseThrow();
            assertThat(book.author().getName()).isEqualTo("Ada");
        }
    }

    @Test
    void referencesMayLeadInACircle() {
        Friend first = new Friend("1");
        Friend second =
                fixture.template().insert(new Friend("2", fixture.template().insert(first)));
        first.friend = second;
        fixture.template().save(first);

        Friend read = fixture.template().findById("1", Friend.class).orElseThrow();

        assertThat(read.getFriend().getFriend().getId()).isEqualTo("1");
    }

    @Test
    void setOfLazyReferencesIsReadWithoutWhatTheyReferTo() {
        Member first = fixture.template().insert(new Member("1", Set.of()));
        Member second = fixture.template().insert(new Member("2", Set.of(first)));
        fixture.template().save(new Member("1", Set.of(second)));

        Member read = fixture.template().findById("1", Member.class).orElseThrow();

        Member friend = read.getFriends().iterator().next();
        assertThat(read.getFriends()).contains(friend).doesNotContain(second);
        assertThat(friend.getId()).isEqualTo("2");
        assertThat(friend.getFriends()).extracting(Member::getId).containsExactly("1");
    }

    @Test
    void circleThatIsReadAtOnceIsRefused() {
        fixture.template().insert(new Eager("1", null));
        fixture.template().insert(new Eager("2", new Eager("1", null)));
        fixture.template().save(new Eager("1", new Eager("2", null)));

        assertThatExceptionOfType(MappingException.class)
                .isThrownBy(() -> fixture.template().findById("1", Eager.class))
                .withMessageContaining("make one of them lazy");
    }

    static class Author {
        @Id
        private @Nullable String id;

        private String name;

        Author(String name) {
            this.name = name;
        }

        public String getId() {
            return id == null ? "" : id;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    @Test
    void examplesCompareReferencesByTheirIds() {
        BookRepository books = fixture.repository(BookRepository.class);
        books.insertAll(List.of(new Book("1", ada, List.of(ada, bob)), new Book("2", bob, List.of(bob))));
        ExampleMatcher matcher = ExampleMatcher.matching().withIgnorePaths("id");

        assertThat(books.findAll(Example.of(new Book("?", ada, List.of()), matcher)))
                .extracting(Book::id)
                .containsExactly("1");
        assertThat(books.findAll(Example.of(
                        new Book("?", bob, List.of(bob)),
                        ExampleMatcher.matchingAny().withIgnorePaths("id"))))
                .extracting(Book::id)
                .containsExactly("1", "2");
        assertThat(books.findAll(
                        Example.of(fixture.template().findById("2", Book.class).orElseThrow(), matcher)))
                .extracting(Book::id)
                .containsExactly("2");
    }

    @Test
    void distinctReferencesAreReadAsThoseOfEntities() {
        fixture.template().insert(new Book("1", ada, List.of()));
        fixture.template().insert(new Book("2", bob, List.of()));
        fixture.template().insert(new Person("1", fixture.template().insert(new City("gone", "Atlantis"))));
        fixture.template().delete(bob);
        fixture.template().deleteAll(City.class);

        List<@Nullable Object> authors = fixture.template().query(Book.class).distinct("author");
        assertThat(authors).hasSize(2);
        assertThatExceptionOfType(DataRetrievalFailureException.class)
                .isThrownBy(() -> authors.forEach(
                        author -> Objects.requireNonNull((Author) author).getName()))
                .withMessageContaining(bob.getId());
        assertThat(fixture.template().query(Person.class).distinct("home")).containsExactly((Object) null);
    }

    record Book(
            String id,
            @DocumentReference Author author,
            @Reference List<Author> editors) {
        Book {
            editors = new ArrayList<>(editors);
        }
    }

    interface BookRepository extends StoreRepository<Book, String> {
        List<Book> findByAuthor(Author author);

        List<Book> findByAuthorId(String id);

        List<Book> findByEditorsContaining(Author editor);
    }

    record Award(String id, Author winner) {}

    record City(String id, String name) {}

    record Person(
            String id,
            @DocumentReference(lazy = false) @Nullable City home) {}

    static class Traveller {
        final String id;

        @DocumentReference(lazy = false)
        @Nullable
        City home;

        Traveller(String id) {
            this.id = id;
        }
    }

    static class Friend {
        @Id
        private final String id;

        @DocumentReference
        private @Nullable Friend friend;

        Friend(String id) {
            this(id, null);
        }

        @org.springframework.data.annotation.PersistenceCreator
        Friend(String id, @Nullable Friend friend) {
            this.id = id;
            this.friend = friend;
        }

        public String getId() {
            return id;
        }

        public Friend getFriend() {
            return java.util.Objects.requireNonNull(friend);
        }
    }

    static class Numbered {
        private final long id;

        @DocumentReference
        final @Nullable Numbered next;

        Numbered(long id, @Nullable Numbered next) {
            this.id = id;
            this.next = next;
        }

        long id() {
            return id;
        }
    }

    static class Member {
        @Id
        private final String id;

        @DocumentReference
        private final Set<Member> friends;

        Member(String id, Set<Member> friends) {
            this.id = id;
            this.friends = friends;
        }

        public String getId() {
            return id;
        }

        public Set<Member> getFriends() {
            return friends;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Member member && member.getId().equals(getId());
        }

        @Override
        public int hashCode() {
            return getId().hashCode();
        }
    }

    record Eager(
            String id,
            @DocumentReference(lazy = false) @Nullable Eager next) {}
}
