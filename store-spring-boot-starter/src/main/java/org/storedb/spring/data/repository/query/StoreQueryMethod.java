package org.storedb.spring.data.repository.query;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.geo.GeoPage;
import org.springframework.data.geo.GeoResults;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.repository.core.RepositoryMetadata;
import org.springframework.data.repository.query.DefaultParameters;
import org.springframework.data.repository.query.Parameters;
import org.springframework.data.repository.query.QueryMethod;
import org.springframework.data.repository.query.parser.Part;
import org.springframework.data.repository.util.QueryExecutionConverters;
import org.storedb.spring.data.core.convert.FieldPath;
import org.storedb.spring.data.core.convert.StoreConverter;
import org.storedb.spring.data.repository.Query;

/** A repository method backed by a query. */
final class StoreQueryMethod extends QueryMethod {

    private static final String WITH_ALIAS = "[\\w.`]+\\s+(?!(?:where|group|having|order|limit|offset|set)\\b)\\w+";

    private static final Pattern JPQL_OR_SQL = Pattern.compile(
            "\\s*(?:from\\b|delete\\s+from\\b|(?:select\\b.*?\\bfrom|update)\\s+%s\\b)".formatted(WITH_ALIAS),
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Method method;
    private final ProjectionFactory projectionFactory;
    private final TypeInformation<?> returnType;
    private final Class<?> repositoryType;

    StoreQueryMethod(Method method, RepositoryMetadata metadata, ProjectionFactory factory) {
        super(method, metadata, factory, DefaultParameters::new);
        this.method = method;
        this.projectionFactory = factory;
        this.returnType = metadata.getReturnType(method);
        this.repositoryType = metadata.getRepositoryInterface();
        refuseUnsupported();
    }

    /** Returns the return type of the method, unwrapped if the method runs asynchronously. */
    Class<?> getReturnType() {
        boolean isWrapped = QueryExecutionConverters.supports(returnType.getType());
        return isWrapped ? returnType.getRequiredComponentType().getType() : returnType.getType();
    }

    /** Returns whether the method returns an {@link Optional}; given one, Spring Data has nothing to convert. */
    boolean isOptionalQuery() {
        return returnType.getType() == Optional.class;
    }

    /** Returns the type of a result row: {@link #getReturnedObjectType}, or a collection or an array of these. */
    Class<?> getRowType() {
        boolean isWrapped = QueryExecutionConverters.isSingleValue(returnType.getType());
        TypeInformation<?> rows = isWrapped ? returnType.getRequiredComponentType() : returnType;
        boolean hasSeveral = isCollectionQuery() || isStreamQuery() || isPageQuery() || isSliceQuery();
        TypeInformation<?> row = hasSeveral ? rows.getComponentType() : rows;
        return row != null && row.isCollectionLike() ? row.getType() : getReturnedObjectType();
    }

    /** Returns the declared type of a parameter, with its type arguments. */
    ResolvableType getParameterType(int index) {
        return ResolvableType.forMethodParameter(method, index, repositoryType);
    }

    ProjectionFactory getProjectionFactory() {
        return projectionFactory;
    }

    /** Returns whether results come with their distances. */
    boolean isGeoQuery() {
        return GeoResults.class.isAssignableFrom(getReturnType()) || GeoPage.class.isAssignableFrom(getReturnType());
    }

    IncorrectResultSizeDataAccessException moreThanOne() {
        return new IncorrectResultSizeDataAccessException(
                "More than one %s matches %s; use First, or return a collection"
                        .formatted(getEntityType().getSimpleName(), getName()),
                1);
    }

    Class<?> getEntityType() {
        return getDomainClass();
    }

    /** Returns the query text declared on the method, if there is one. */
    Optional<String> getDeclaredQuery() {
        Query query = AnnotatedElementUtils.findMergedAnnotation(method, Query.class);
        return Optional.ofNullable(query).map(Query::value);
    }

    private void refuseUnsupported() {
        if (KotlinDetector.isSuspendingFunction(method)) {
            throw unsupported(
                    "suspending functions are not supported; declare a plain one, and call it where a thread may block");
        }
        Parameters<?, ?> parameters = getParameters();
        if (isScrollQuery() && !parameters.hasScrollPositionParameter() && !parameters.hasPageableParameter()) {
            throw unsupported("a method that returns a Window must take a ScrollPosition");
        }
        if (isSearchQuery()
                || parameters.hasVectorParameter()
                || parameters.hasScoreParameter()
                || parameters.hasScoreRangeParameter()) {
            throw unsupported("vector search is not supported");
        }
    }

    /** Rejects a path into the values of a map: the name of a property there would be taken for a key. */
    void refusePathIntoMap(String path, StoreConverter converter) {
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            String container = path.substring(0, dot);
            FieldPath field = converter.fieldPath(getEntityType(), container);
            if (field != null && field.field().isMap()) {
                throw unsupported(
                        "'%s' leads to the values of the map '%s', which a method name cannot query; query the value of a key with @Query or a Filter, as in '%s.someKey%s'"
                                .formatted(path, container, container, path.substring(dot)));
            }
        }
    }

    /** Rejects a text with a syntax error that looks as if it had been written for MongoDB, JPA or SQL. */
    void refuseOtherLanguage(String text, String collection) {
        if (text.stripLeading().startsWith("{")) {
            throw unsupported("its query is a MongoDB query; write it as in \"find %s where name = ?1 order by name\""
                    .formatted(collection));
        }
        if (JPQL_OR_SQL.matcher(text).lookingAt()) {
            String example = switch (StatementText.verb(text)) {
                case "update" -> "update %s set name = ?1 where id = ?2";
                case "delete" -> "delete %s where name = ?1";
                default -> "find %s where name = ?1 order by name";
            };
            throw unsupported("its query is JPQL or SQL; write it as in \"%s\", without an alias"
                    .formatted(example.formatted(collection)));
        }
    }

    /** Returns the exception thrown at startup for a method that cannot be a query. */
    IllegalArgumentException unsupported(String reason) {
        return new IllegalArgumentException("Cannot create a query for the method %s: %s".formatted(method, reason));
    }

    /** Returns the exception thrown at startup for a method that has a condition that cannot be in a query. */
    IllegalArgumentException unsupported(Part part, String reason) {
        return unsupported("%s on '%s': %s"
                .formatted(part.getType().name(), part.getProperty().toDotPath(), reason));
    }

    /** Returns the exception thrown at startup for a method that cannot be a query because of {@code cause}. */
    IllegalArgumentException unsupported(RuntimeException cause) {
        IllegalArgumentException refusal = unsupported(String.valueOf(cause.getMessage()));
        refusal.initCause(cause);
        return refusal;
    }
}
