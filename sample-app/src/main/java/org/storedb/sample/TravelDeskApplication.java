package org.storedb.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class TravelDeskApplication {
    public static void main(String[] args) {
        SpringApplication.run(TravelDeskApplication.class, args);
    }
}
