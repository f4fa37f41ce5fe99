package org.storedb.spring.data.search;

import java.util.List;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.storedb.query.Filter;
import org.storedb.query.Query;
import org.storedb.search.TextHit;
import org.storedb.search.TextIndex;
import org.storedb.search.TextResults;
import org.storedb.search.TextSearch;
import org.storedb.search.query.Passage;
import org.storedb.search.query.TextQuery;
import org.storedb.spring.data.core.SortConversion;
import org.storedb.spring.data.core.StoreExceptionTranslator;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.StoreQueryMapper;
import org.storedb.spring.data.core.StoreTemplate;
import org.storedb.spring.data.core.mapping.StoreMappingContext;

/**
 * Search for entities by the text of their properties annotated with {@link TextIndexed}. Text queries, filters, orders
 * and passages name properties, and their values are those of the entity. A search sees what was committed before it
 * began, not what the running transaction has written. All failures are Spring's
 * {@link org.springframework.dao.DataAccessException}s. Safe for use by multiple threads.
 */
public final class StoreTextSearch {

    private final StoreTemplate template;
    private final StoreTextIndexes indexes;
    private final StoreExceptionTranslator exceptionTranslator;
    private final StoreQueryMapper queryMapper;

    /** Creates a search for the entities of a template in indexes of its store. */
    public StoreTextSearch(
            StoreTemplate template, StoreTextIndexes indexes, StoreExceptionTranslator exceptionTranslator) {
        this.template = template;
        this.indexes = indexes;
        this.exceptionTranslator = exceptionTranslator;
        this.queryMapper = new StoreQueryMapper(template.getConverter());
    }

    /**
     * Finds entities, with their scores.
     *
     * @throws InvalidDataAccessApiUsageException if a text or property does not exist, or a value does not fit it
     */
    public <T> TextResults<T> search(TextSearch search, Class<T> type) {
        return exceptionTranslator.translated(() -> {
            StoreTextIndexes.Opened opened = indexes.of(type);
            TextResults<T> found =
                    opened.index().search(stored(search, opened.text(), type), template.readingCodec(type));
            List<TextHit<T>> hits = found.hits().stream()
                    .map(hit -> ofEntity(hit, opened.text()))
                    .toList();
            return new TextResults<>(hits, found.total(), found.sequence(), found.plan());
        });
    }

    /** Returns a page of the matches, the best first unless the page has an order, with the total number of matches. */
    public <T> Page<TextHit<T>> search(TextQuery query, Pageable pageable, Class<T> type) {
        TextSearch search = TextSearch.of(query)
                .sort(SortConversion.toStore(pageable.getSort()))
                .limit(Integer.MAX_VALUE);
        if (pageable.isUnpaged()) {
            return new PageImpl<>(search(search, type).hits());
        }
        if (pageable.getOffset() > Integer.MAX_VALUE) {
            throw new InvalidDataAccessApiUsageException(
                    "A text search can skip at most %d results, not %d; use smaller pages or another filter"
                            .formatted(Integer.MAX_VALUE, pageable.getOffset()));
        }
        TextResults<T> found = search(
                search.offset((int) pageable.getOffset())
                        .limit(pageable.getPageSize())
                        .withTotal(),
                type);
        return new PageImpl<>(found.hits(), pageable, found.total().orElseThrow());
    }

    /** Returns the number of matching entities, ignoring offset and limit. */
    public long count(TextSearch search, Class<?> type) {
        return exceptionTranslator.translated(() -> {
            StoreTextIndexes.Opened opened = indexes.of(type);
            return opened.index().count(stored(search, opened.text(), type));
        });
    }

    /** Returns the index of the entities of a class: for its status, and to verify, commit or rebuild it. */
    public TextIndex index(Class<?> type) {
        return exceptionTranslator.translated(() -> indexes.of(type).index());
    }

    /** Returns whether these are the operations whose entities are found. */
    public boolean isOf(StoreOperations operations) {
        return template == operations;
    }

    private TextSearch stored(TextSearch search, EntityText text, Class<?> type) {
        TextQueryMapper texts = new TextQueryMapper(text);
        Query others = queryMapper.toStored(Query.where(search.filter()).sort(search.sort()), type);
        return new TextSearch(
                texts.toStored(search.query()),
                ofClass(type, others.filter()),
                others.sort(),
                search.offset(),
                search.limit(),
                search.continuation(),
                search.freshness(),
                texts.toStored(search.highlighting()),
                search.total());
    }

    /** Restricts a filter to this class, if several classes share the collection. */
    private Filter ofClass(Class<?> type, Filter filter) {
        StoreMappingContext mappingContext = template.getConverter().getMappingContext();
        Filter own = mappingContext.getDistinguishingFilter(mappingContext.getRequiredPersistentEntity(type));
        return own == null ? filter : own.and(filter);
    }

    private static <T> TextHit<T> ofEntity(TextHit<T> hit, EntityText text) {
        return new TextHit<>(
                hit.id(),
                hit.revision(),
                hit.score(),
                hit.document(),
                hit.passages().stream()
                        .map(passage -> new Passage(text.property(passage.field()), passage.text(), passage.matches()))
                        .toList());
    }
}
