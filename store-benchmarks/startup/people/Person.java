package people;

import org.springframework.data.annotation.Id;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.Indexed;

@Document
public record Person(@Id String id, String name, @Indexed String city) {}
