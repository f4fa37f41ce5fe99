package org.storedb.benchmark.repository.nitrite;

import java.time.Instant;
import java.util.List;
import org.dizitart.no2.collection.Document;
import org.storedb.benchmark.repository.Address;
import org.storedb.benchmark.repository.Customer;

/** Conversion of customers to Nitrite documents and back by handwritten code, which is the fastest way in Nitrite. */
final class NitriteDocument {

    private NitriteDocument() {}

    static Document of(Customer customer) {
        Address address = customer.getAddress();
        return Document.createDocument("key", customer.getId())
                .put("email", customer.getEmail())
                .put("firstName", customer.getFirstName())
                .put("lastName", customer.getLastName())
                .put("city", customer.getCity())
                .put("age", customer.getAge())
                .put("balance", customer.getBalance())
                .put("createdAt", customer.getCreatedAt().toEpochMilli())
                .put(
                        "address",
                        Document.createDocument("street", address.getStreet())
                                .put("postalCode", address.getPostalCode())
                                .put("country", address.getCountry()))
                .put("tags", customer.getTags());
    }

    @SuppressWarnings("unchecked") // as written by of
    static Customer toCustomer(Document document) {
        Document address = document.get("address", Document.class);
        Customer customer = new Customer();
        customer.setId(document.get("key", String.class));
        customer.setEmail(document.get("email", String.class));
        customer.setFirstName(document.get("firstName", String.class));
        customer.setLastName(document.get("lastName", String.class));
        customer.setCity(document.get("city", String.class));
        customer.setAge(document.get("age", Integer.class));
        customer.setBalance(document.get("balance", Double.class));
        customer.setCreatedAt(Instant.ofEpochMilli(document.get("createdAt", Long.class)));
        customer.setAddress(new Address(
                address.get("street", String.class),
                address.get("postalCode", String.class),
                address.get("country", String.class)));
        customer.setTags((List<String>) document.get("tags", List.class));
        return customer;
    }
}
