package org.storedb.spring.data.repository.query;

import java.lang.reflect.Method;
import java.util.Optional;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.repository.core.RepositoryMetadata;
import org.springframework.data.repository.query.DefaultParameters;
import org.springframework.data.repository.query.Parameters;
import org.springframework.data.repository.query.QueryMethod;
import org.storedb.spring.data.repository.Query;

/** A repository method that is a query. */
public class StoreQueryMethod extends QueryMethod {

    private final Method method;

    public StoreQueryMethod(Method method, RepositoryMetadata metadata, ProjectionFactory factory) {
        super(method, metadata, factory, DefaultParameters::new);
        this.method = method;
        refuseUnsupported();
    }

    Class<?> getReturnType() {
        return method.getReturnType();
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
}
