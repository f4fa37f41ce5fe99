package org.storedb.spring.test.several.archive;

import org.springframework.data.annotation.Id;
import org.storedb.spring.data.core.mapping.Document;

@Document("loans")
public record ArchivedLoan(@Id String id) {}
