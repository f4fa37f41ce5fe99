package org.storedb.spring.test.several.archive;

import org.springframework.context.annotation.Configuration;
import org.storedb.spring.data.repository.config.EnableStoreRepositories;

@Configuration
@EnableStoreRepositories(storeOperationsRef = "archiveTemplate", transactionManagerRef = "archiveTransactionManager")
public class ArchiveRepositories {}
