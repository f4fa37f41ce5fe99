package org.storedb.benchmark.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.storedb.benchmark.repository.Customer;
import org.storedb.document.DocumentCodec;
import org.storedb.internal.document.DocumentEncoder;
import org.storedb.internal.document.EncodedValue;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.core.convert.StoreCustomConversions;
import org.storedb.spring.data.core.mapping.StoreMappingContext;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.smile.SmileMapper;

/**
 * An entity of ten properties, with a nested object and a list, written to bytes and read back: by the Spring Data
 * mapping to the stored form, and by Jackson to Smile.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EntityBenchmark {

    private final FieldNames dictionary = new FieldNames();
    private final DocumentEncoder encoder = new DocumentEncoder(dictionary);
    private final ObjectMapper smile = SmileMapper.builder().build();
    private DocumentCodec<Customer> codec;
    private Customer customer;
    private byte[] stored;
    private byte[] smileBytes;

    /** Creates both forms, and verifies that each is read back unchanged. */
    @Setup
    public void writeOne() {
        StoreCustomConversions conversions = new StoreCustomConversions();
        StoreMappingContext mappingContext = new StoreMappingContext();
        mappingContext.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
        codec = new StoreConverter(mappingContext, conversions).codec(Customer.class);
        customer = Customer.ofNumber(4711);
        stored = writeStored();
        smileBytes = writeSmile();
        requireSame(readStored());
        requireSame(readSmile());
        System.out.printf("%d bytes stored, %d bytes of Smile%n", stored.length, smileBytes.length);
    }

    private void requireSame(Customer read) {
        if (!describe(read).equals(describe(customer))) {
            throw new IllegalStateException("Read back as " + describe(read));
        }
    }

    private static String describe(Customer customer) {
        return JsonMapper.shared().writeValueAsString(customer);
    }

    @Benchmark
    public byte[] writeStored() {
        encoder.reset();
        codec.write(customer, customer.getId(), encoder);
        return encoder.toBytes();
    }

    @Benchmark
    public byte[] writeSmile() {
        return smile.writeValueAsBytes(customer);
    }

    @Benchmark
    public Customer readStored() {
        return codec.read(EncodedValue.document(stored, dictionary), 0);
    }

    @Benchmark
    public Customer readSmile() {
        return smile.readValue(smileBytes, Customer.class);
    }
}
