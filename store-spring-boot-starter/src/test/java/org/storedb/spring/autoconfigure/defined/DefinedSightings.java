package org.storedb.spring.autoconfigure.defined;

import java.util.List;
import org.springframework.data.repository.RepositoryDefinition;

/** A repository declared only by its annotation. */
@RepositoryDefinition(domainClass = Sighting.class, idClass = String.class)
public interface DefinedSightings {

    Sighting save(Sighting sighting);

    List<Sighting> findByBird(String bird);
}
