package people;

import java.util.List;
import org.storedb.spring.data.repository.StoreRepository;

public interface People extends StoreRepository<Person, String> {

    List<Person> findByCity(String city);
}
