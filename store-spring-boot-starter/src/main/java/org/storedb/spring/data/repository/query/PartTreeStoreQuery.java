package org.storedb.spring.data.repository.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.core.PropertyReferenceException;
import org.springframework.data.domain.Limit;
import org.springframework.data.geo.Circle;
import org.springframework.data.repository.query.parser.PartTree;
import org.storedb.error.InvalidQueryException;
import org.storedb.query.Filter;
import org.storedb.query.text.QueryKind;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.mapping.StoreMappingContext;

/** A query derived from the name of its method, compiled when the repository is created. */
final class PartTreeStoreQuery extends AbstractStoreQuery {

    private static final Pattern LIMITED_SUBJECT =
            Pattern.compile("(?:count|delete|remove)(?:Distinct)?(?:First|Top)(?<number>\\d*)(?=\\p{Lu})");

    private final StoreQueryMethod method;
    private final PartTree tree;
    private final BindableFilter filter;
    private final Limit ownLimit;
    private final PlaceFilters.@Nullable Near near;

    /** Rejects a method whose name is not a query for the entity, or one that the store cannot answer. */
    PartTreeStoreQuery(StoreQueryMethod method, StoreOperations operations) {
        super(method, operations);
        this.method = method;
        this.tree = parse(method, operations.getConverter().getMappingContext());
        StoreQueryCreator creator = new StoreQueryCreator(method, operations.getConverter());
        this.filter = creator.create(tree);
        this.near = creator.onlyNear();
        this.ownLimit = tree.isLimiting() ? tree.getResultLimit() : limitOfOtherSubjects(method.getName());
        tree.getSort().forEach(order -> method.refusePathIntoMap(order.getProperty(), operations.getConverter()));
        refuseUnsupportedSort();
        refuseReturnType();
        if (method.isGeoQuery() && near == null) {
            throw method.unsupported("distances are measured from the place given to a single Near, but there is none");
        }
    }

    private static PartTree parse(StoreQueryMethod method, StoreMappingContext entities) {
        Class<?> type = method.getEntityType();
        try {
            return new PartTree(method.getName(), type);
        } catch (PropertyReferenceException e) {
            return entities.getSubclasses(type).stream()
                    .flatMap(subclass -> parse(method.getName(), subclass.getType()).stream())
                    .findFirst()
                    .orElseThrow(() -> method.unsupported(e));
        } catch (IllegalArgumentException e) {
            throw method.unsupported(e);
        }
    }

    /** Parses a name with the properties of a subclass; those of records are not properties of their interface. */
    private static Optional<PartTree> parse(String name, Class<?> subclass) {
        try {
            return Optional.of(new PartTree(name, subclass));
        } catch (PropertyReferenceException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the limit of a method that counts or deletes. {@code PartTree} supports First and Top for find methods
     * only, and would count or delete everything.
     */
    private static Limit limitOfOtherSubjects(String methodName) {
        Matcher limited = LIMITED_SUBJECT.matcher(methodName);
        if (!limited.lookingAt()) {
            return Limit.unlimited();
        }
        String number = limited.group("number");
        return Limit.of(number.isEmpty() ? 1 : Integer.parseInt(number));
    }

    private void refuseUnsupportedSort() {
        try {
            queryMapper().toStored(tree.getSort(), method.getEntityType());
        } catch (InvalidDataAccessApiUsageException e) {
            throw method.unsupported(e);
        }
    }

    @Override
    QueryKind kind() {
        if (tree.isCountProjection()) {
            return QueryKind.COUNT;
        }
        if (tree.isExistsProjection()) {
            return QueryKind.EXISTS;
        }
        return tree.isDelete() ? QueryKind.DELETE : QueryKind.FIND;
    }

    @Override
    Bound bind(StoreParameterAccessor accessor) {
        List<@Nullable Object> values = new ArrayList<>();
        accessor.iterator().forEachRemaining(values::add);
        long limit = ownLimit.isLimited() ? ownLimit.max() : Long.MAX_VALUE;
        return new Bound(filter(values), tree.getSort(), 0, limit);
    }

    private Filter filter(List<@Nullable Object> values) {
        try {
            return filter.bind(values);
        } catch (InvalidQueryException e) {
            throw new InvalidDataAccessApiUsageException("%s: %s".formatted(method.getName(), e.getMessage()), e);
        }
    }

    @Override
    @Nullable
    Nearness nearness(StoreParameterAccessor accessor) {
        Object center = near == null ? null : accessor.getBindableValue(near.parameter());
        if (near == null || center == null) {
            return null;
        }
        Object point = center instanceof Circle circle ? circle.getCenter() : center;
        return new Nearness(
                near.property(), Places.point(point), Places.metric(accessor.getBindableValue(near.distance())));
    }
}
