package org.storedb.benchmark.repository;

import com.fasterxml.jackson.annotation.JsonIgnore;
import jakarta.persistence.Entity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Transient;
import org.springframework.data.domain.Persistable;
import org.springframework.data.keyvalue.annotation.KeySpace;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Table;
import org.storedb.spring.data.core.mapping.Document;
import org.storedb.spring.data.core.mapping.Indexed;

/**
 * The entity of all applications, with the annotations that each of them needs: ten properties, one of which is an
 * object and one a list. It tracks whether it is new, so that its id need not be looked up.
 */
@Document("customers")
@Entity
@jakarta.persistence.Table(
        name = "customers",
        indexes = {
            @jakarta.persistence.Index(columnList = "email", unique = true),
            @jakarta.persistence.Index(columnList = "city"),
            @jakarta.persistence.Index(columnList = "age")
        })
@Table("CUSTOMERS")
@KeySpace("customers")
public class Customer implements Persistable<String> {

    static final int CITIES = 1000;

    private static final Instant FIRST_DAY = Instant.parse("2020-01-01T00:00:00Z");

    @Id
    @jakarta.persistence.Id
    private String id = "";

    @Indexed(unique = true)
    private String email = "";

    private String firstName = "";
    private String lastName = "";

    @Indexed
    private String city = "";

    @Indexed
    private int age;

    private double balance;
    private Instant createdAt = FIRST_DAY;

    @Embedded.Empty
    private Address address = new Address();

    private List<String> tags = new ArrayList<>();

    @Transient
    @jakarta.persistence.Transient
    private boolean added;

    /** Returns the customer with this number before it is saved, which is always the same. */
    public static Customer ofNumber(long number) {
        Customer customer = new Customer();
        customer.added = true;
        customer.id = idOf(number);
        customer.email = emailOf(number);
        customer.firstName = "First" + number % 211;
        customer.lastName = "Last" + number * 7919 % 1009;
        customer.city = cityOf(number);
        customer.age = (int) (18 + number % 70);
        customer.balance = number * 0.25;
        customer.createdAt = FIRST_DAY.plusSeconds(number);
        customer.address = new Address(number % 200 + " Long Street", "1" + number % 10_000, "Country" + number % 20);
        customer.tags.addAll(List.of("tag" + number % 5, "tag" + number % 7, "tag" + number % 11));
        return customer;
    }

    /** Returns the id of the customer with this number. */
    public static String idOf(long number) {
        return "customer-" + Long.toHexString(number * 0x9E37_79B9_7F4A_7C15L);
    }

    /** Returns the email address of the customer with this number. */
    public static String emailOf(long number) {
        return "customer" + number + "@example.org";
    }

    /** Returns the city of the customer with this number. */
    public static String cityOf(long number) {
        return "City" + number % CITIES;
    }

    @Override
    @Transient
    @jakarta.persistence.Transient
    @JsonIgnore
    public boolean isNew() {
        return added;
    }

    /** Marks the customer as saved. */
    public void setSaved() {
        added = false;
    }

    @Override
    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getFirstName() {
        return firstName;
    }

    public void setFirstName(String firstName) {
        this.firstName = firstName;
    }

    public String getLastName() {
        return lastName;
    }

    public void setLastName(String lastName) {
        this.lastName = lastName;
    }

    public String getCity() {
        return city;
    }

    public void setCity(String city) {
        this.city = city;
    }

    public int getAge() {
        return age;
    }

    public void setAge(int age) {
        this.age = age;
    }

    public double getBalance() {
        return balance;
    }

    public void setBalance(double balance) {
        this.balance = balance;
    }

    public Instant getCreatedAt() {
        return createdAt;
    }

    public void setCreatedAt(Instant createdAt) {
        this.createdAt = createdAt;
    }

    public Address getAddress() {
        return address;
    }

    public void setAddress(Address address) {
        this.address = address;
    }

    public List<String> getTags() {
        return tags;
    }

    public void setTags(List<String> tags) {
        this.tags = tags;
    }
}
