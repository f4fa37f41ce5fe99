package org.storedb.spring.restart.application;

import java.util.List;
import org.springframework.data.annotation.TypeAlias;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.Indexed;
import org.storedb.spring.data.repository.StoreRepository;

/** Notes, some of which are urgent. */
public interface NoteRepository extends StoreRepository<NoteRepository.Note, String> {

    List<Note> findByTextStartingWithOrderById(String start);

    /** A note. */
    @Document("notes")
    class Note {
        final String id;

        @Indexed
        final String text;

        Note(String id, String text) {
            this.id = id;
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** A note that is urgent. */
    @TypeAlias("urgent")
    class UrgentNote extends Note {
        UrgentNote(String id, String text) {
            super(id, text);
        }
    }
}
