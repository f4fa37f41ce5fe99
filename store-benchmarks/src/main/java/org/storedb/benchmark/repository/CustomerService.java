package org.storedb.benchmark.repository;

import org.springframework.transaction.annotation.Transactional;

/** The part of an application that changes customers in transactions. */
public class CustomerService {

    private final CustomerRepository customers;

    public CustomerService(CustomerRepository customers) {
        this.customers = customers;
    }

    /** Adds to the balance of a customer. */
    @Transactional
    public void credit(String id, double amount) {
        Customer customer = customers.findById(id).orElseThrow();
        customer.setBalance(customer.getBalance() + amount);
        customers.save(customer);
    }
}
