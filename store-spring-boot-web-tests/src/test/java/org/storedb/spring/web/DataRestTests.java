package org.storedb.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.storedb.spring.web.application.Author;
import org.storedb.spring.web.application.AuthorRepository;
import org.storedb.spring.web.application.Book;
import org.storedb.spring.web.application.BookRepository;
import org.storedb.spring.web.application.Chapter;
import org.storedb.spring.web.application.LibraryApplication;
import org.storedb.spring.web.application.Note;
import org.storedb.spring.web.application.NoteRepository;
import org.storedb.spring.web.application.SeatId;
import org.storedb.spring.web.application.SeatRepository;

/** Repositories on the web, by Spring Data REST. */
@SpringBootTest(classes = LibraryApplication.class, properties = "store.in-memory=true")
@AutoConfigureMockMvc
class DataRestTests {

    private static final MediaType MERGE_PATCH = MediaType.valueOf("application/merge-patch+json");
    private static final MediaType JSON_PATCH = MediaType.valueOf("application/json-patch+json");

    @Autowired
    private MockMvcTester web;

    @Autowired
    private BookRepository books;

    @Autowired
    private AuthorRepository authors;

    @Autowired
    private NoteRepository notes;

    @Autowired
    private SeatRepository seats;

    @BeforeEach
    void empty() {
        books.deleteAll();
        authors.deleteAll();
        notes.deleteAll();
        seats.deleteAll();
    }

    @Test
    void postedEntityIsStoredAndCanBeRead() {
        String location = post("/books", """
                {"title": "Sea", "price": 12, "chapters": [{"heading": "One", "pages": 3}]}""");
        assertThat(web.get().uri(location))
                .hasStatusOk()
                .hasHeader(HttpHeaders.ETAG, "\"0\"")
                .containsHeader(HttpHeaders.LAST_MODIFIED)
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"title": "Sea", "price": 12, "chapters": [{"heading": "One", "pages": 3}]}""");
        assertThat(books.findByTitle("Sea").orElseThrow().getChapters()).hasSize(1);
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        String location = post("/books", """
                {"title": "Sea"}""");
        assertThat(web.get().uri(location).header(HttpHeaders.IF_NONE_MATCH, "\"0\""))
                .hasStatus(HttpStatus.NOT_MODIFIED);
    }

    @Test
    void putReplaces() {
        String location = post("/books", """
                {"title": "Sea", "price": 12, "chapters": [{"heading": "One", "pages": 3}]}""");
        assertThat(web.put()
                        .uri(location)
                        .header(HttpHeaders.IF_MATCH, "\"0\"")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("""
                                {"title": "Lake", "price": 7}"""))
                .hasStatus2xxSuccessful()
                .hasHeader(HttpHeaders.ETAG, "\"1\"");
        Book book = books.findByTitle("Lake").orElseThrow();
        assertThat(book.getPrice()).isEqualTo(7);
        assertThat(book.getVersion()).isEqualTo(1);
        assertThat(books.count()).isEqualTo(1);
    }

    @Test
    void putReplacesNestedRecords() {
        String location = post("/books", """
                {"title": "Sea", "chapters": [{"heading": "One", "pages": 3}, {"heading": "Two", "pages": 4}]}""");
        assertThat(web.put()
                        .uri(location)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("""
                                {"title": "Sea", "chapters": [{"heading": "Start", "pages": 5}]}"""))
                .hasStatus2xxSuccessful();
        assertThat(books.findByTitle("Sea").orElseThrow().getChapters()).containsExactly(new Chapter("Start", 5));
    }

    @Test
    void putMakesAnEntityUnderItsId() {
        assertThat(web.put()
                        .uri("/books/sea")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("""
                                {"title": "Sea", "price": 12}"""))
                .hasStatus(HttpStatus.CREATED);
        assertThat(books.findById("sea")).isPresent();
    }

    @Test
    void patchesChangeWhatTheyName() {
        String location = post("/books", """
                {"title": "Sea", "price": 12, "chapters": [{"heading": "One", "pages": 3}]}""");
        assertThat(web.patch().uri(location).contentType(MERGE_PATCH).content("""
                {"price": 13}"""))
                .hasStatus2xxSuccessful();
        assertThat(web.patch().uri(location).contentType(JSON_PATCH).content("""
                [{"op": "replace", "path": "/title", "value": "Lake"}]"""))
                .hasStatus2xxSuccessful();
        Book book = books.findByTitle("Lake").orElseThrow();
        assertThat(book.getPrice()).isEqualTo(13);
        assertThat(book.getChapters()).hasSize(1);
        assertThat(book.getVersion()).isEqualTo(2);
    }

    /** Data REST changes the elements that it has read, which records are not open to; a JSON patch sets them. */
    @Test
    void nestedRecordsArePatchedAsWholes() {
        String location = post("/books", """
                {"title": "Sea", "chapters": [{"heading": "One", "pages": 3}]}""");
        assertThat(web.patch().uri(location).contentType(MERGE_PATCH).content("""
                {"chapters": [{"heading": "Start", "pages": 5}]}"""))
                .hasStatus2xxSuccessful();
        assertThat(books.findByTitle("Sea").orElseThrow().getChapters()).containsExactly(new Chapter("One", 3));
        assertThat(web.patch().uri(location).contentType(JSON_PATCH).content("""
                [{"op": "replace", "path": "/chapters/0", "value": {"heading": "Start", "pages": 5}}]"""))
                .hasStatus2xxSuccessful();
        assertThat(books.findByTitle("Sea").orElseThrow().getChapters()).containsExactly(new Chapter("Start", 5));
    }

    @Test
    void deletedEntityIsNotFound() {
        String location = post("/books", """
                {"title": "Sea"}""");
        assertThat(web.delete().uri(location)).hasStatus(HttpStatus.NO_CONTENT);
        assertThat(web.get().uri(location)).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(web.delete().uri(location)).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(books.count()).isZero();
    }

    @Test
    void staleETagIsAFailedPrecondition() {
        String location = post("/books", """
                {"title": "Sea"}""");
        assertThat(web.patch().uri(location).contentType(MERGE_PATCH).content("""
                {"price": 13}"""))
                .hasStatus2xxSuccessful();
        assertThat(web.patch()
                        .uri(location)
                        .header(HttpHeaders.IF_MATCH, "\"0\"")
                        .contentType(MERGE_PATCH)
                        .content("""
                                {"price": 14}"""))
                .hasStatus(HttpStatus.PRECONDITION_FAILED);
        assertThat(web.delete().uri(location).header(HttpHeaders.IF_MATCH, "\"0\""))
                .hasStatus(HttpStatus.PRECONDITION_FAILED);
        assertThat(books.findByTitle("Sea").orElseThrow().getPrice()).isEqualTo(13);
    }

    @Test
    void takenUniqueValueIsAConflict() {
        post("/books", """
                {"title": "Sea"}""");
        assertThat(web.post()
                        .uri("/books")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("""
                {"title": "Sea"}"""))
                .hasStatus(HttpStatus.CONFLICT);
        assertThat(books.count()).isEqualTo(1);
    }

    @Test
    void unreadableBodyIsABadRequest() {
        assertThat(web.post()
                        .uri("/books")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("""
                {"price": "much"}"""))
                .hasStatus(HttpStatus.BAD_REQUEST);
    }

    @Test
    void collectionIsReadInPages() {
        for (int price = 1; price <= 5; price++) {
            books.save(Book.of("Book " + price, price));
        }
        assertThat(web.get().uri("/books?page=1&size=2&sort=price,desc"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"_embedded": {"books": [{"price": 3}, {"price": 2}]},
                         "page": {"size": 2, "totalElements": 5, "totalPages": 3, "number": 1}}""")
                .hasPath("$._links.next.href")
                .hasPath("$._links.prev.href");
    }

    @Test
    void queryMethodsAreSearches() {
        for (int price = 1; price <= 5; price++) {
            books.save(Book.of("Book " + price, price));
        }
        assertThat(web.get().uri("/books/search"))
                .hasStatusOk()
                .bodyJson()
                .hasPath("$._links.findByPriceLessThan.href")
                .hasPath("$._links.cheap.href")
                .doesNotHavePath("$._links.findTop2ByOrderByPrice");
        assertThat(web.get().uri("/books/search/findByPriceLessThan?price=4&size=2&sort=price,desc"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"_embedded": {"books": [{"price": 3}, {"price": 2}]}, "page": {"totalElements": 3}}""");
        assertThat(web.get().uri("/books/search/cheap?price=2"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$._embedded.books[*].price")
                .asArray()
                .containsExactly(1, 2);
        assertThat(web.get().uri("/books/search/findByTitle?title=Book 3"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.price")
                .isEqualTo(3);
        assertThat(web.get().uri("/books/search/findByTitle?title=none")).hasStatus(HttpStatus.NOT_FOUND);
    }

    @Test
    void referencesAreLinks() {
        Author author = new Author();
        author.setName("Ada");
        Long id = Objects.requireNonNull(authors.save(author).getId());
        String location = post("/books", """
                {"title": "Sea", "author": "http://localhost/authors/%d"}""".formatted(id));
        assertThat(web.get().uri(location + "/author"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.name")
                .isEqualTo("Ada");
        assertThat(web.delete().uri(location + "/author")).hasStatus(HttpStatus.NO_CONTENT);
        assertThat(web.get().uri(location + "/author")).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(web.put()
                        .uri(location + "/author")
                        .contentType(MediaType.valueOf("text/uri-list"))
                        .content("http://localhost/authors/" + id))
                .hasStatus(HttpStatus.NO_CONTENT);
        assertThat(Objects.requireNonNull(books.findByTitle("Sea").orElseThrow().getAuthor())
                        .getName())
                .isEqualTo("Ada");
    }

    @Test
    void idsOfSeveralPartsHaveAConverter() {
        assertThat(web.put()
                        .uri("/seats/LH1-12")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("""
                                {"passenger": "Ada"}"""))
                .hasStatus(HttpStatus.CREATED)
                .hasHeader(HttpHeaders.LOCATION, "http://localhost/seats/LH1-12");
        assertThat(seats.findById(new SeatId("LH1", 12))).isPresent();
        assertThat(web.patch().uri("/seats/LH1-12").contentType(MERGE_PATCH).content("""
                {"passenger": "Bob"}"""))
                .hasStatus2xxSuccessful();
        assertThat(web.get().uri("/seats")).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                        {"_embedded": {"seats": [
                          {"passenger": "Bob", "_links": {"self": {"href": "http://localhost/seats/LH1-12"}}}]}}""");
        assertThat(web.get().uri("/seats/LH1-13")).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(web.delete().uri("/seats/LH1-12")).hasStatus(HttpStatus.NO_CONTENT);
        assertThat(seats.count()).isZero();
    }

    @Test
    void recordsComeAndGo() {
        String location = post("/notes", """
                {"title": "one", "text": "first"}""");
        assertThat(web.get().uri(location))
                .hasStatusOk()
                .hasHeader(HttpHeaders.ETAG, "\"0\"")
                .bodyJson()
                .extractingPath("$.text")
                .isEqualTo("first");
        assertThat(web.delete().uri(location)).hasStatus(HttpStatus.NO_CONTENT);
        assertThat(notes.count()).isZero();
    }

    @Test
    void recordsArePatched() {
        String location = post("/notes", """
                {"title": "one", "text": "first"}""");
        assertThat(web.patch().uri(location).contentType(MERGE_PATCH).content("""
                {"text": "second"}"""))
                .hasStatus2xxSuccessful();
        Note patched = notes.findAll().get(0);
        assertThat(patched.title()).isEqualTo("one");
        assertThat(patched.text()).isEqualTo("second");
        assertThat(patched.version()).isEqualTo(1);
    }

    /** Data REST puts values into the object that it has read, which a record is not open to. */
    @Test
    void recordsCannotBeReplaced() {
        String location = post("/notes", """
                {"title": "one"}""");
        assertThat(web.put()
                        .uri(location)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("""
                                {"title": "two"}"""))
                .hasStatus(HttpStatus.METHOD_NOT_ALLOWED);
        assertThat(notes.findAll()).extracting(Note::title).containsExactly("one");
    }

    /** Where the entity is, which was made of {@code json}. */
    private String post(String collection, String json) {
        MvcTestResult posted = web.post()
                .uri(collection)
                .contentType(MediaType.APPLICATION_JSON)
                .content(json)
                .exchange();
        assertThat(posted).hasStatus(HttpStatus.CREATED);
        return Objects.requireNonNull(posted.getResponse().getHeader(HttpHeaders.LOCATION));
    }
}
