package org.storedb.spring.web.application;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.storedb.spring.data.auditing.EnableStoreAuditing;

@SpringBootApplication
@EnableStoreAuditing
public class LibraryApplication {}
