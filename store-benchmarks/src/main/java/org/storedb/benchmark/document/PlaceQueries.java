package org.storedb.benchmark.document;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.storedb.DocumentCollection;
import org.storedb.Store;
import org.storedb.index.IndexDefinition;
import org.storedb.query.Aggregation;
import org.storedb.query.Continuation;
import org.storedb.query.Filter;
import org.storedb.query.Measure;
import org.storedb.query.Query;
import org.storedb.query.QueryExplanation;
import org.storedb.query.Sort;
import tools.jackson.databind.json.JsonMapper;

/**
 * The processor time of single queries over the places of the sample application, next to the cost estimated by the
 * planner. The store is in memory; it reads its records in the same way as a store in files.
 */
public final class PlaceQueries {

    public static final String COMMAND = "place-queries";
    public static final String ARGUMENTS = "<places.ndjson.gz> [<milliseconds a query>]";

    private static final int BATCH = 5_000;
    private static final int ROUNDS = 5;

    private final DocumentCollection<Map<String, @Nullable Object>> places;
    private final long nanosEach;
    private boolean printing;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private PlaceQueries(DocumentCollection<Map<String, @Nullable Object>> places, long nanosEach) {
        this.places = places;
        this.nanosEach = nanosEach;
    }

    /** Runs the command, with {@link #ARGUMENTS}. */
    public static void run(String... arguments) throws IOException {
        if (arguments.length < 1) {
            throw new IllegalArgumentException(COMMAND + " needs " + ARGUMENTS);
        }
        long millis = arguments.length > 1 ? Long.parseLong(arguments[1]) : 300;
        try (Store store = Store.openInMemory()) {
            DocumentCollection<Map<String, @Nullable Object>> places = store.collection("places");
            load(places, Path.of(arguments[0]));
            for (String field : List.of("country", "region", "featureCode", "population", "name")) {
                places.createIndex(IndexDefinition.on(field));
            }
            places.createIndex(IndexDefinition.on("country", "population"));
            PlaceQueries queries = new PlaceQueries(places, millis * 1_000_000);
            queries.measure(); // Warm-up.
            queries.printing = true;
            queries.measure();
        }
    }

    private static void load(DocumentCollection<Map<String, @Nullable Object>> places, Path file) throws IOException {
        JsonMapper json = JsonMapper.shared();
        List<Map<String, @Nullable Object>> batch = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                @SuppressWarnings("unchecked")
                Map<String, @Nullable Object> place = json.readValue(line, Map.class);
                batch.add(place);
                if (batch.size() == BATCH) {
                    places.insertAll(batch);
                    batch.clear();
                }
            }
        }
        places.insertAll(batch);
    }

    private void measure() {
        print("| query | µs | cost | µs ÷ cost | keys | documents | result |%n");
        print("| --- | --: | --: | --: | --: | --: | --: |%n");
        String anId = String.valueOf(
                places.findOne(Query.all().offset(70_000)).orElseThrow().get("id"));
        Query large = Query.where(Filter.gte("population", 50_000));
        Query japan = Query.where(Filter.eq("country", "JP"));
        find("look-up of an id", Query.where(Filter.eq("id", anId)));
        find("first 20 by id", Query.all().limit(20));
        find("20 by id, offset 100,000", Query.all().offset(100_000).limit(20));
        Query bySize = Query.all().sort(Sort.by("population").descending()).limit(20);
        find("first 20 by population", bySize);
        find("20 by population, offset 100,000", bySize.offset(100_000));
        Continuation far = new Continuation(List.of(0), "0");
        find("20 by population, after a place far behind", bySize.after(far));
        find(
                "20 of a country by population",
                japan.sort(Sort.by("population").descending()).limit(20));
        count("count of a point", Query.where(Filter.eq("population", 8022)));
        count("count of a range", large);
        aggregate(
                "number of places for each country",
                Aggregation.of(Measure.count()).groupBy("country"));
        aggregate(
                "smallest and largest population for each country",
                Aggregation.of(Measure.min("population"), Measure.max("population"))
                        .groupBy("country"));
        aggregate(
                "average population for each country",
                Aggregation.of(Measure.avg("population")).groupBy("country"));
        aggregate("different names", Aggregation.distinct("name"));
        count("count of all", Query.all());
        find("a range of an index", large);
        find("all of a country", japan);
        find("full scan", Query.where(Filter.contains("name", "zzz")));
        count("full scan, counted", Query.where(Filter.contains("name", "zzz")));
        find(
                "top 20 of a sort without an index",
                Query.all().sort(Sort.by("location.lat")).limit(20));
        find("sort of all without an index", Query.all().sort(Sort.by("location.lat")));
        Query either = Query.where(Filter.eq("country", "LI").or(Filter.gte("population", 5_000_000)));
        find("or of two fields", either);
        count("or of two fields, counted", either);
        Query both = Query.where(Filter.eq("featureCode", "PPLA3").and(Filter.between("population", 20_000, 30_000)));
        find("and of two fields", both);
        count("and of two fields, counted", both);
        Query broad = Query.where(Filter.eq("country", "IN").and(Filter.eq("featureCode", "PPL")));
        count("and of two broad fields, counted", broad);
        find("and of two broad fields, first 20", broad.limit(20));
    }

    private void find(String name, Query query) {
        row(name, places.profile(query), () -> places.find(query).count());
    }

    private void count(String name, Query query) {
        row(name, places.profileCount(query), () -> places.count(query));
    }

    private void aggregate(String name, Aggregation aggregation) {
        long rows = places.aggregate(aggregation).size();
        double micros = median(() -> (long) places.aggregate(aggregation).size());
        print("| %s | %,.1f | | | | | %,d |%n", name, micros, rows);
    }

    private void row(String name, QueryExplanation profile, Supplier<Long> work) {
        double median = median(work);
        QueryExplanation.Execution execution = profile.execution();
        if (execution == null) {
            throw new IllegalStateException("The query was not run: " + profile);
        }
        print(
                "| %s | %,.1f | %,.1f | %.2f | %,d | %,d | %,d |%n",
                name,
                median,
                profile.estimatedCost(),
                median / profile.estimatedCost(),
                execution.keysRead(),
                execution.documentsRead(),
                execution.result());
    }

    private void print(String format, Object... values) {
        if (printing) {
            System.out.printf(format, values);
        }
    }

    private double median(Supplier<Long> work) {
        double[] micros = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            micros[round] = microsOf(work);
        }
        Arrays.sort(micros);
        return micros[ROUNDS / 2];
    }

    /** Returns the processor time of one run, which excludes waiting for a processor. */
    private double microsOf(Supplier<Long> work) {
        long runs = 0;
        long result = 0;
        long start = threads.getCurrentThreadCpuTime();
        long spent = 0;
        while (spent < nanosEach / ROUNDS) {
            result += work.get();
            runs++;
            spent = threads.getCurrentThreadCpuTime() - start;
        }
        if (result < 0) {
            throw new IllegalStateException("Queries cannot have found " + result);
        }
        return spent / 1e3 / runs;
    }
}
