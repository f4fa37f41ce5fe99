package org.storedb.spring.restart.application;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.transaction.annotation.Transactional;
import org.storedb.spring.data.change.StoreChangeListener;
import org.storedb.spring.restart.application.NoteRepository.Note;
import org.storedb.spring.restart.application.NoteRepository.UrgentNote;

/** The operations of the application, callable from outside its class loader. */
public class NoteDesk implements Function<String, List<String>>, DisposableBean {

    private final NoteRepository notes;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    public NoteDesk(NoteRepository notes) {
        this.notes = notes;
    }

    /** Adds a note and returns all. */
    @Override
    @Transactional
    public List<String> apply(String text) {
        notes.save(new UrgentNote(text, "note " + text));
        return notes.findByTextStartingWithOrderById("note").stream()
                .map(note -> note.getClass().getSimpleName() + " " + note.text())
                .toList();
    }

    /** Returns a cached value. */
    @Cacheable("counts")
    public Count count() {
        return new Count(notes.count());
    }

    /** Returns what the listener has received. */
    public List<String> heard() {
        return heard;
    }

    @StoreChangeListener("desk")
    public void changed(Note note) {
        heard.add(note.text());
    }

    @Override
    public void destroy() {
        notes.save(new Note("last", "note: closed")); // The store is still open.
    }

    /** A number. */
    public record Count(long value) implements Serializable {}
}
