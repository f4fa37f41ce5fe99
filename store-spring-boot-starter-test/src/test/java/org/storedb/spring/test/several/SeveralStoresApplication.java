package org.storedb.spring.test.several;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class SeveralStoresApplication {}
