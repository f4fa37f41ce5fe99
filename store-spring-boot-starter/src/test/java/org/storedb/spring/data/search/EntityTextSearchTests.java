package org.storedb.spring.data.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.annotation.TypeAlias;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.storedb.query.Filter;
import org.storedb.search.TextHit;
import org.storedb.search.TextIndexOptions;
import org.storedb.search.TextResults;
import org.storedb.search.TextSearch;
import org.storedb.search.definition.Language;
import org.storedb.search.definition.TextAnalyzer;
import org.storedb.search.query.Highlighting;
import org.storedb.search.query.Passage;
import org.storedb.search.query.TextQuery;
import org.storedb.spring.data.core.StoreExceptionTranslator;
import org.storedb.spring.data.core.StoreFixture;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.FieldName;
import org.storedb.spring.data.repository.StoreRepository;
import org.storedb.spring.data.repository.support.StoreRepositoryFactory;
import org.storedb.spring.data.search.TextIndexed.Analysis;

/**
 * Searches for entities by the text of their properties. The first types and the searches are those of docs/SEARCH.md.
 */
class EntityTextSearchTests {

    private final StoreFixture fixture = new StoreFixture();
    private final StoreTextIndexes indexes = new StoreTextIndexes(
            fixture.store(),
            fixture.template().getConverter().getMappingContext(),
            null,
            TextIndexOptions.defaults(),
            name -> TextAnalyzer.words());
    private final StoreTextSearch search =
            new StoreTextSearch(fixture.template(), indexes, new StoreExceptionTranslator());
    private final Books books = repository(Books.class);

    @Document("books")
    record Book(
            String id,
            @TextIndexed(boost = 3) String title,

            @TextIndexed(language = Language.ENGLISH) @FieldName("text")
            String summary,

            @TextIndexed(analysis = Analysis.WHOLE_STRING) List<String> tags,
            List<Author> authors,
            int year) {}

    record Author(
            @TextIndexed(analysis = Analysis.WORDS_WITHOUT_ACCENTS) @FieldName("n")
            String name) {}

    interface Books extends StoreRepository<Book, String>, TextSearchExecutor<Book> {}

    @BeforeEach
    void store() {
        books.insertAll(List.of(
                book("1", "The Old Harbour", "Ships come and go. The harbours of the north are quiet.", 1990, "Sea"),
                book("2", "Harbour Lights", "A lighthouse keeper walks home.", 2001, "Sea", "Short stories"),
                book("3", "Quiet Streets", "An old town, far from any harbour.", 2010, "Short stories")));
    }

    @AfterEach
    void close() {
        indexes.close();
        fixture.close();
    }

    @Test
    void bestComeFirstWithTheirScores() {
        TextResults<Book> found = books.search(TextSearch.of("old harbour"));
        assertThat(found.documents()).extracting(Book::id).containsExactly("1", "3");
        assertThat(found.hits().get(0).score())
                .isGreaterThan(found.hits().get(1).score());
        assertThat(found.documents().get(0)).isEqualTo(books.findById("1").orElseThrow());
        assertThat(found.total()).isEqualTo(OptionalLong.empty());
        TextSearch next = TextSearch.of("old harbour").after(found.hits().get(0).position());
        assertThat(books.search(next).documents()).extracting(Book::id).containsExactly("3");
    }

    @Test
    void searchesOfTheGuide() {
        TextResults<Book> found = books.search(TextSearch.of("authors.name:marquez summary:harbour")
                .where(Filter.gte("year", 1990))
                .highlight(Highlighting.of("summary")));
        Page<TextHit<Book>> page = books.search(
                TextQuery.words("harbour"), PageRequest.of(0, 2, Sort.by("year").descending()));
        assertThat(found.documents()).extracting(Book::id).containsExactlyInAnyOrder("1", "3");
        assertThat(page).extracting(TextHit::document).extracting(Book::id).containsExactly("3", "2");
        assertThat(page.getTotalElements()).isEqualTo(3);
    }

    @Test
    void everythingNamesProperties() {
        assertThat(ids("summary:harbours")).containsExactlyInAnyOrder("1", "3");
        assertThat(ids("title:(harbour -old)")).containsExactly("2");
        assertThat(ids("tags:\"short stories\"")).containsExactlyInAnyOrder("2", "3");
        assertThat(ids("authors.name:márquez")).hasSize(3);
        List<TextQuery> queries = List.of(
                TextQuery.phrase("the north").in("summary"),
                TextQuery.prefix("sh").in("summary"),
                TextQuery.fuzzy("harbuor")
                        .in("title")
                        .and(TextQuery.words("old").in("title")),
                TextQuery.anyWord("ships boats").in("summary").boostedBy(2),
                TextQuery.not(TextQuery.words("harbour lights").in("title"))
                        .and(TextQuery.words("quiet").in("summary")),
                TextQuery.everything()
                        .and(TextQuery.words("north").in("summary").or(TextQuery.words("x"))));
        for (TextQuery query : queries) {
            assertThat(books.search(TextSearch.of(query)).documents())
                    .as(query.toString())
                    .extracting(Book::id)
                    .containsExactly("1");
        }
    }

    @Test
    void passagesAreOfProperties() {
        List<Passage> passages = books.search(
                        TextSearch.of("summary:lighthouse").highlight(Highlighting.of("summary")))
                .hits()
                .get(0)
                .passages();
        assertThat(passages).singleElement().satisfies(passage -> {
            assertThat(passage.field()).isEqualTo("summary");
            assertThat(passage.marked("[", "]")).contains("[lighthouse]");
        });
    }

    @Test
    void filtersSortsAndCountsAreOfEntities() {
        TextSearch harbour = TextSearch.of("harbour");
        assertThat(books.search(harbour.where(Filter.text("summary", "harbour*")))
                        .documents())
                .extracting(Book::id)
                .containsExactlyInAnyOrder("1", "3");
        assertThat(books.search(harbour.sort(org.storedb.query.Sort.by("year").descending()))
                        .documents())
                .extracting(Book::id)
                .containsExactly("3", "2", "1");
        assertThat(books.count(harbour.where(Filter.lt("year", 2005)).limit(1))).isEqualTo(2);
        assertThat(books.count()).isEqualTo(3);
    }

    @Test
    void pagesGoOn() {
        assertThat(books.search(TextQuery.words("harbour"), PageRequest.of(1, 2)))
                .hasSize(1);
        assertThat(books.search(TextQuery.words("harbour"), Pageable.unpaged())).hasSize(3);
        assertThat(books.search(TextQuery.words("harbour"), PageRequest.of(7, 2))
                        .getTotalElements())
                .isEqualTo(3);
        assertThatThrownBy(() -> books.search(TextQuery.everything(), PageRequest.of(Integer.MAX_VALUE, 2)))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("smaller pages");
    }

    @Test
    void committedChangesAreFoundAtOnce() {
        books.deleteById("1");
        books.save(book("2", "Lanterns", "Quiet.", 2002));
        assertThat(ids("harbour")).containsExactly("3");
        fixture.store().inTransaction(transaction -> {
            transaction.collection("books").delete("3");
            assertThat(ids("harbour")).containsExactly("3");
            return null;
        });
        assertThat(ids("harbour")).isEmpty();
    }

    @Test
    void whatCannotBeMeantIsSpringsException() {
        assertThatThrownBy(() -> ids("year:1990"))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("'year' is not a property with @TextIndexed")
                .hasMessageContaining("authors.name");
        assertThatThrownBy(() -> books.search(TextSearch.of("x").highlight(Highlighting.of("text"))))
                .isInstanceOf(InvalidDataAccessApiUsageException.class);
        assertThatThrownBy(() -> books.search(TextSearch.of("x").where(Filter.eq("yaer", 1))))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("yaer");
        record Plain(String id, String title) {}
        assertThatThrownBy(() -> search.search(TextSearch.of("x"), Plain.class))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("Plain has no text to search");
    }

    @Test
    void repositoryWithoutASearchIsRefused() {
        assertThatThrownBy(() -> fixture.repository(Books.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no bean of the type StoreTextSearch");
    }

    @Test
    void repositoryOfASubclassFindsItsOwn() {
        Papers papers = repository(Papers.class);
        fixture.template().insert(new Thesis("t", "On harbours and ships", "Kiel"));
        papers.insert(new Paper("p", "On harbours"));
        assertThat(papers.search(TextSearch.of("harbours")).documents())
                .extracting(paper -> paper.id)
                .containsExactlyInAnyOrder("t", "p");
        assertThat(search.search(TextSearch.of("harbours"), Thesis.class).documents())
                .extracting(thesis -> thesis.id)
                .containsExactly("t");
        assertThat(search.search(TextSearch.of("place:kiel"), Thesis.class).documents())
                .hasSize(1);
        assertThat(search.count(TextSearch.of("harbours").where(Filter.ne("place", "Kiel")), Thesis.class))
                .isZero();
        assertThat(indexes.all()).containsOnlyKeys("books", "papers");
    }

    private List<String> ids(String query) {
        return books.search(TextSearch.of(query)).documents().stream()
                .map(Book::id)
                .toList();
    }

    private <R> R repository(Class<R> repositoryInterface) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("storeTextSearch", search);
        StoreRepositoryFactory factory = new StoreRepositoryFactory(fixture.template());
        factory.setBeanFactory(beans);
        fixture.template().getConverter().getMappingContext().getPersistentEntity(Thesis.class);
        return factory.getRepository(repositoryInterface);
    }

    private static Book book(String id, String title, String summary, int year, String... tags) {
        return new Book(id, title, summary, List.of(tags), List.of(new Author("Gabriel García Márquez")), year);
    }

    @Document("papers")
    @TypeAlias("paper")
    static class Paper {

        final String id;

        @TextIndexed
        final String title;

        Paper(String id, String title) {
            this.id = id;
            this.title = title;
        }
    }

    @TypeAlias("thesis")
    static final class Thesis extends Paper {

        @TextIndexed
        final String place;

        Thesis(String id, String title, String place) {
            super(id, title);
            this.place = place;
        }
    }

    interface Papers extends StoreRepository<Paper, String>, TextSearchExecutor<Paper> {}
}
