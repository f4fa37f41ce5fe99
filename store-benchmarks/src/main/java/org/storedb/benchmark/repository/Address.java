package org.storedb.benchmark.repository;

import jakarta.persistence.Embeddable;

/** The address of a customer, as a part of the customer. */
@Embeddable
public class Address {

    private String street = "";
    private String postalCode = "";
    private String country = "";

    public Address() {}

    public Address(String street, String postalCode, String country) {
        this.street = street;
        this.postalCode = postalCode;
        this.country = country;
    }

    public String getStreet() {
        return street;
    }

    public void setStreet(String street) {
        this.street = street;
    }

    public String getPostalCode() {
        return postalCode;
    }

    public void setPostalCode(String postalCode) {
        this.postalCode = postalCode;
    }

    public String getCountry() {
        return country;
    }

    public void setCountry(String country) {
        this.country = country;
    }
}
