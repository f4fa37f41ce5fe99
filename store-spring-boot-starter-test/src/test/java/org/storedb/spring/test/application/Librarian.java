package org.storedb.spring.test.application;

import org.springframework.stereotype.Service;

@Service
public class Librarian {

    private final BookRepository books;

    public Librarian(BookRepository books) {
        this.books = books;
    }

    public Book buy(String isbn, String title) {
        return books.insert(new Book(null, isbn, title));
    }
}
