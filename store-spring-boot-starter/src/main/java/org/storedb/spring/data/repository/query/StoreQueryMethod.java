package org.storedb.spring.data.repository.query;

import java.lang.reflect.Method;
import java.util.Optional;
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
import org.springframework.data.repository.util.QueryExecutionConverters;
import org.storedb.spring.data.repository.Query;

/** A repository method that is a query. */
public class StoreQueryMethod extends QueryMethod {

    private final Method method;
    private final ProjectionFactory projectionFactory;
    private final TypeInformation<?> returnType;

    public StoreQueryMethod(Method method, RepositoryMetadata metadata, ProjectionFactory factory) {
        super(method, metadata, factory, DefaultParameters::new);
        this.method = method;
        this.projectionFactory = factory;
        this.returnType = metadata.getReturnType(method);
        refuseUnsupported();
    }

    /** What the method returns, or will return if it runs beside the caller. */
    Class<?> getReturnType() {
        boolean isWrapped = QueryExecutionConverters.supports(returnType.getType());
        return isWrapped ? returnType.getRequiredComponentType().getType() : returnType.getType();
    }

    /** What a row of results is to become: {@link #getReturnedObjectType}, or an array of objects. */
    Class<?> getRowType() {
        TypeInformation<?> component = returnType.getComponentType();
        while (component != null && !component.isMap()) {
            if (component.getType() == Object[].class) {
                return Object[].class;
            }
            component = component.getComponentType();
        }
        return getReturnedObjectType();
    }

    ProjectionFactory getProjectionFactory() {
        return projectionFactory;
    }

    /** Whether results come with their distances. */
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

    /** The text of the query that is given for the method, if there is one. */
    public Optional<String> getDeclaredQuery() {
        Query query = AnnotatedElementUtils.findMergedAnnotation(method, Query.class);
        return Optional.ofNullable(query).map(Query::value);
    }

    private void refuseUnsupported() {
        Parameters<?, ?> parameters = getParameters();
        if (isScrollQuery() && !parameters.hasScrollPositionParameter() && !parameters.hasPageableParameter()) {
            throw unsupported("a method that returns a Window takes a ScrollPosition");
        }
        if (isSearchQuery()
                || parameters.hasVectorParameter()
                || parameters.hasScoreParameter()
                || parameters.hasScoreRangeParameter()) {
            throw unsupported("vector search is not supported");
        }
    }

    /** Says at start-up that a method cannot be a query, and why. */
    IllegalArgumentException unsupported(String reason) {
        return new IllegalArgumentException("Cannot make a query of the method %s: %s".formatted(method, reason));
    }

    /** Says at start-up that a method cannot be a query because of {@code cause}. */
    IllegalArgumentException unsupported(RuntimeException cause) {
        IllegalArgumentException refusal = unsupported(String.valueOf(cause.getMessage()));
        refusal.initCause(cause);
        return refusal;
    }

    /** The word that the text of a query begins with, which says what is to be done. */
    public static String verb(String text) {
        return StatementText.verb(text);
    }
}
