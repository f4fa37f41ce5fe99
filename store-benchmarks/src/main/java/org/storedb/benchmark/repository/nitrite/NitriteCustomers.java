package org.storedb.benchmark.repository.nitrite;

import static org.dizitart.no2.filters.FluentFilter.where;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dizitart.no2.Nitrite;
import org.dizitart.no2.collection.Document;
import org.dizitart.no2.collection.DocumentCursor;
import org.dizitart.no2.collection.FindOptions;
import org.dizitart.no2.collection.NitriteCollection;
import org.dizitart.no2.common.SortOrder;
import org.dizitart.no2.filters.Filter;
import org.dizitart.no2.index.IndexOptions;
import org.dizitart.no2.index.IndexType;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.SliceImpl;
import org.storedb.benchmark.repository.Customer;
import org.storedb.benchmark.repository.CustomerRepository;

/** A handwritten repository over a Nitrite collection. Every write is committed before it returns. */
final class NitriteCustomers implements CustomerRepository {

    private final Nitrite nitrite;
    private final NitriteCollection collection;

    NitriteCustomers(Nitrite nitrite) {
        this.nitrite = nitrite;
        this.collection = nitrite.getCollection("customers");
        createIndex(IndexType.UNIQUE, "key");
        createIndex(IndexType.UNIQUE, "email");
        createIndex(IndexType.NON_UNIQUE, "city");
        createIndex(IndexType.NON_UNIQUE, "age");
    }

    private void createIndex(String type, String field) {
        if (!collection.hasIndex(field)) {
            collection.createIndex(IndexOptions.indexOptions(type), field);
        }
    }

    @Override
    public Optional<Customer> findById(String id) {
        return first(where("key").eq(id));
    }

    @Override
    public List<Customer> findByCity(String city) {
        return customers(collection.find(where("city").eq(city)));
    }

    @Override
    public Page<Customer> findByCityOrderByLastName(String city, Pageable pageable) {
        Filter filter = where("city").eq(city);
        FindOptions options = FindOptions.orderBy("lastName", SortOrder.Ascending)
                .skip(pageable.getOffset())
                .limit(pageable.getPageSize());
        return new PageImpl<>(
                customers(collection.find(filter, options)),
                pageable,
                collection.find(filter).size());
    }

    @Override
    public Optional<Customer> findByEmail(String email) {
        return first(where("email").eq(email));
    }

    @Override
    public boolean existsByEmail(String email) {
        return !collection.find(where("email").eq(email)).isEmpty();
    }

    @Override
    public Page<Customer> findByAgeBetween(int from, int to, Pageable pageable) {
        Filter filter = where("age").between(from, to);
        return new PageImpl<>(
                some(filter, pageable, pageable.getPageSize()),
                pageable,
                collection.find(filter).size());
    }

    @Override
    public Slice<Customer> findSliceByAgeBetween(int from, int to, Pageable pageable) {
        int size = pageable.getPageSize();
        List<Customer> found = some(where("age").between(from, to), pageable, size + 1);
        return new SliceImpl<>(found.subList(0, Math.min(size, found.size())), pageable, found.size() > size);
    }

    @Override
    public long countByCity(String city) {
        return collection.find(where("city").eq(city)).size();
    }

    @Override
    public List<Customer> findAll() {
        return customers(collection.find());
    }

    @Override
    public long count() {
        return collection.size();
    }

    @Override
    public <S extends Customer> S save(S customer) {
        Document document = NitriteDocument.of(customer);
        if (customer.isNew()) {
            collection.insert(document);
        } else {
            collection.update(where("key").eq(customer.getId()), document);
        }
        nitrite.commit();
        return customer;
    }

    /** Inserts new customers. */
    @Override
    public <S extends Customer> List<S> saveAll(Iterable<S> customers) {
        List<S> saved = new ArrayList<>();
        customers.forEach(saved::add);
        collection.insert(saved.stream().map(NitriteDocument::of).toArray(Document[]::new));
        nitrite.commit();
        return saved;
    }

    @Override
    public void deleteById(String id) {
        collection.remove(where("key").eq(id));
        nitrite.commit();
    }

    private Optional<Customer> first(Filter filter) {
        return Optional.ofNullable(collection.find(filter).firstOrNull()).map(NitriteDocument::toCustomer);
    }

    private List<Customer> some(Filter filter, Pageable pageable, int most) {
        return customers(
                collection.find(filter, FindOptions.skipBy(pageable.getOffset()).limit(most)));
    }

    private static List<Customer> customers(DocumentCursor cursor) {
        List<Customer> customers = new ArrayList<>();
        cursor.forEach(document -> customers.add(NitriteDocument.toCustomer(document)));
        return customers;
    }
}
