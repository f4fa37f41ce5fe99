package org.storedb.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.data.core.PropertyReferenceException;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.storedb.spring.web.application.Author;
import org.storedb.spring.web.application.AuthorRepository;
import org.storedb.spring.web.application.Book;
import org.storedb.spring.web.application.BookRepository;
import org.storedb.spring.web.application.LibraryApplication;

/** Controllers of an application with the arguments and results of Spring Data's web support. */
@SpringBootTest(
        classes = LibraryApplication.class,
        properties = {
            "store.in-memory=true",
            "spring.data.web.pageable.serialization-mode=via-dto",
            "spring.autoconfigure.exclude=org.springframework.boot.data.rest.autoconfigure.DataRestAutoConfiguration"
        })
@AutoConfigureMockMvc
class WebSupportTests {

    @Autowired
    private MockMvcTester web;

    @Autowired
    private BookRepository books;

    @Autowired
    private AuthorRepository authors;

    @BeforeEach
    void fill() {
        books.deleteAll();
        for (int price = 1; price <= 5; price++) {
            books.save(Book.of("Book " + (char) ('F' - price), price));
        }
    }

    @Test
    void pagesHaveTheirContentAndTheirFigures() {
        assertThat(web.get().uri("/desk/books?page=1&sort=price,desc"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"content": [{"title": "Book C", "price": 3}, {"title": "Book D", "price": 2}],
                         "page": {"size": 2, "number": 1, "totalElements": 5, "totalPages": 3}}
                        """);
    }

    @Test
    void defaultsOfThePageable() {
        assertThat(web.get().uri("/desk/books"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.content[*].price")
                .asArray()
                .containsExactly(1, 2);
    }

    @Test
    void pagesAreWrittenAsPagedModels() {
        assertThat(web.get().uri("/desk/pages?size=3&page=1"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.page.totalPages")
                .isEqualTo(2);
    }

    @Test
    void sortsOfSeveralProperties() {
        assertThat(web.get().uri("/desk/titles?sort=title,desc&sort=price"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$")
                .asArray()
                .containsExactly("Book E", "Book D", "Book C", "Book B", "Book A");
    }

    @Test
    void sortByAnUnknownPropertyIsForTheApplicationToAnswer() {
        assertThat(web.get().uri("/desk/titles?sort=colour"))
                .hasFailed()
                .failure()
                .hasRootCauseInstanceOf(PropertyReferenceException.class)
                .hasMessageContaining("No property 'colour' found for type 'Book'");
    }

    @Test
    void windowsGoOnFromAnOffset() {
        assertThat(web.get().uri("/desk/window?offset=1"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$")
                .asArray()
                .containsExactly("Book C", "Book B");
    }

    @Test
    void referencesAreWrittenAsWhatTheyLeadTo() {
        Author author = new Author();
        author.setName("Ada");
        Book book = Book.of("Book X", 0);
        book.setAuthor(authors.save(author));
        books.save(book);
        assertThat(web.get().uri("/desk/books?size=1"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.content[0].author")
                .asMap()
                .containsOnlyKeys("id", "name")
                .containsEntry("name", "Ada");
    }

    @Test
    void idsInPathsBecomeEntities() {
        Book book = books.findByTitle("Book A").orElseThrow();
        assertThat(web.get().uri("/desk/books/{id}", Objects.requireNonNull(book.getId())))
                .hasStatusOk()
                .hasBodyTextEqualTo("Book A");
        assertThat(web.get().uri("/desk/maybe/{id}", Objects.requireNonNull(book.getId())))
                .hasStatusOk()
                .hasBodyTextEqualTo("Book A");
    }

    @Test
    void idThatNobodyHasIsNotFoundOrBad() {
        assertThat(web.get().uri("/desk/maybe/nobody")).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(web.get().uri("/desk/books/nobody")).hasStatus4xxClientError();
    }

    @Test
    void numbersInParametersBecomeEntities() {
        Author author = new Author();
        author.setName("Ada");
        Long id = authors.save(author).getId();
        assertThat(web.get().uri("/desk/authors?id={id}", Objects.requireNonNull(id)))
                .hasStatusOk()
                .hasBodyTextEqualTo("Ada");
        assertThat(web.get().uri("/desk/authors?id=x")).hasStatus(HttpStatus.BAD_REQUEST);
    }
}
