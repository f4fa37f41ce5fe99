package org.storedb.spring.web.application;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.LastModifiedDate;
import org.springframework.data.annotation.Version;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.DocumentReference;
import org.storedb.spring.data.core.mapping.Indexed;

/** A class with a version, setters, nested objects and a reference. */
@Document("books")
public class Book {

    @Id
    private @Nullable String id;

    @Version
    private @Nullable Long version;

    @LastModifiedDate
    private @Nullable Instant lastModified;

    @Indexed(unique = true)
    private String title = "";

    @Indexed
    private int price;

    private List<Chapter> chapters = new ArrayList<>();

    @DocumentReference
    private @Nullable Author author;

    public static Book of(String title, int price) {
        Book book = new Book();
        book.title = title;
        book.price = price;
        return book;
    }

    public @Nullable String getId() {
        return id;
    }

    public @Nullable Long getVersion() {
        return version;
    }

    public @Nullable Instant getLastModified() {
        return lastModified;
    }

    public String getTitle() {
        return title;
    }

    public void setTitle(String title) {
        this.title = title;
    }

    public int getPrice() {
        return price;
    }

    public void setPrice(int price) {
        this.price = price;
    }

    public List<Chapter> getChapters() {
        return chapters;
    }

    public void setChapters(List<Chapter> chapters) {
        this.chapters = chapters;
    }

    public @Nullable Author getAuthor() {
        return author;
    }

    public void setAuthor(@Nullable Author author) {
        this.author = author;
    }
}
