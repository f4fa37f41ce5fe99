package org.storedb.spring.autoconfigure.archive;

import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.Indexed;
import org.storedb.spring.data.repository.StoreRepository;

/** In a package of its own, as the repositories of a second store are. */
public interface ArchivedRepository extends StoreRepository<ArchivedRepository.Archived, String> {

    @Document("archived")
    record Archived(@Indexed String kind, String id) {
        public static Archived of(String id) {
            return new Archived("kind", id);
        }
    }
}
