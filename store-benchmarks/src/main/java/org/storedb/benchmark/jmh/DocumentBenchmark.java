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
import org.storedb.benchmark.document.Customer;
import org.storedb.internal.document.DocumentEncoder;
import org.storedb.internal.document.EncodedValue;
import org.storedb.internal.document.JacksonDocumentCodec;

/** The layout of documents alone: a record of ten fields encoded and decoded, and one of its fields read. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DocumentBenchmark {

    private final FieldNames dictionary = new FieldNames();
    private final JacksonDocumentCodec<Customer> codec = new JacksonDocumentCodec<>(Customer.class);
    private final DocumentEncoder encoder = new DocumentEncoder(dictionary);
    private Customer customer;
    private byte[] encoded;

    @Setup
    public void encodeOne() {
        customer = Customer.ofNumber(7);
        encoded = encode();
    }

    @Benchmark
    public byte[] encode() {
        encoder.reset();
        codec.write(customer, customer.id(), encoder);
        return encoder.toBytes();
    }

    @Benchmark
    public Customer decode() {
        return codec.read(EncodedValue.document(encoded, dictionary), 0);
    }

    @Benchmark
    public String readOneField() {
        return EncodedValue.document(encoded, dictionary).field("lastName").asString();
    }
}
