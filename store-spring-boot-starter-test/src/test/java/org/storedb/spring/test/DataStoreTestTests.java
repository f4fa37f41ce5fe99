package org.storedb.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.UrlResource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.transaction.TestTransaction;
import org.storedb.Store;
import org.storedb.spring.test.application.Book;
import org.storedb.spring.test.application.BookRepository;
import org.storedb.spring.test.application.Librarian;
import org.storedb.spring.test.application.LibraryApplication;

@DataStoreTest
@ContextConfiguration(classes = LibraryApplication.class)
class DataStoreTestTests {

    @Autowired
    private ApplicationContext context;

    @Autowired
    private BookRepository books;

    @Autowired
    private Store store;

    @Test
    void repositoriesWorkAndTheirIndexesAreThere() {
        books.insert(new Book(null, "1", "One"));

        assertThat(books.findByIsbn("1")).isPresent();
        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> books.insert(new Book(null, "1", "Other")));
    }

    @Test
    void whatATestWritesIsRolledBack() {
        books.insert(new Book(null, "1", "One"));
        assertThat(books.count()).isEqualTo(1);

        TestTransaction.end();

        assertThat(books.count()).isZero();
    }

    @Test
    void componentsAreLeftOut() {
        assertThatExceptionOfType(NoSuchBeanDefinitionException.class)
                .isThrownBy(() -> context.getBean(Librarian.class));
    }

    @Test
    void entitiesAreValidated() {
        assertThatExceptionOfType(ConstraintViolationException.class)
                .isThrownBy(() -> books.insert(new Book(null, "1", " ")))
                .withMessageContaining("title");
    }

    @Test
    void cachesKeepNothing() {
        assertThat(books.findByTitle("One")).isEmpty();

        books.insert(new Book(null, "1", "One"));

        assertThat(books.findByTitle("One")).hasSize(1);
    }

    @Test
    void editorsKnowTheProperty() throws IOException {
        assertThat(new UrlResource(Objects.requireNonNull(
                                DataStoreTest.class.getResource("/META-INF/spring-configuration-metadata.json")))
                        .getContentAsString(StandardCharsets.UTF_8))
                .contains("\"store.test.in-memory\"");
    }

    @Test
    void storeIsInMemory() {
        assertThat(store.stats().directory()).isNull();
    }
}
