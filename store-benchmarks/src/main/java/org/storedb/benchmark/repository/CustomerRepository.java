package org.storedb.benchmark.repository;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.repository.Repository;

/** The operations of the repositories of all applications that are measured. */
@NoRepositoryBean
public interface CustomerRepository extends Repository<Customer, String> {

    Optional<Customer> findById(String id);

    List<Customer> findByCity(String city);

    Page<Customer> findByCityOrderByLastName(String city, Pageable pageable);

    Optional<Customer> findByEmail(String email);

    boolean existsByEmail(String email);

    Page<Customer> findByAgeBetween(int from, int to, Pageable pageable);

    Slice<Customer> findSliceByAgeBetween(int from, int to, Pageable pageable);

    long countByCity(String city);

    List<Customer> findAll();

    long count();

    <S extends Customer> S save(S customer);

    <S extends Customer> List<S> saveAll(Iterable<S> customers);

    void deleteById(String id);
}
