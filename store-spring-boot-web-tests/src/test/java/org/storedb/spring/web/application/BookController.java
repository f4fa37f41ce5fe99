package org.storedb.spring.web.application;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.OffsetScrollPosition;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.web.PageableDefault;
import org.springframework.data.web.PagedModel;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What an application writes itself, with the arguments of Spring Data's web support. */
@RestController
@RequestMapping("/desk")
public class BookController {

    private final BookRepository books;

    public BookController(BookRepository books) {
        this.books = books;
    }

    @GetMapping("/books")
    PagedModel<Book> page(@PageableDefault(size = 2, sort = "price") Pageable pageable) {
        return new PagedModel<>(books.findAll(pageable));
    }

    @GetMapping("/pages")
    Page<Book> plainPage(Pageable pageable) {
        return books.findAll(pageable);
    }

    @GetMapping("/titles")
    List<String> titles(Sort sort) {
        return books.findAll(sort).stream().map(Book::getTitle).toList();
    }

    @GetMapping("/window")
    List<String> window(OffsetScrollPosition position) {
        return books.findTop2ByOrderByPrice(position).map(Book::getTitle).toList();
    }

    @GetMapping("/books/{book}")
    String title(@PathVariable Book book) {
        return book.getTitle();
    }

    @GetMapping("/maybe/{book}")
    ResponseEntity<String> maybe(@PathVariable Optional<Book> book) {
        return ResponseEntity.of(book.map(Book::getTitle));
    }

    @GetMapping("/authors")
    String author(@RequestParam("id") Author author) {
        return author.getName();
    }
}
