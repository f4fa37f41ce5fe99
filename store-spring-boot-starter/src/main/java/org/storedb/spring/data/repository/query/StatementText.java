package org.storedb.spring.data.repository.query;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.core.PropertyReferenceException;
import org.springframework.data.repository.query.Parameter;
import org.springframework.data.repository.query.Parameters;
import org.springframework.data.repository.query.ValueExpressionDelegate;
import org.springframework.data.repository.query.ValueExpressionQueryRewriter;
import org.springframework.data.repository.query.ValueExpressionQueryRewriter.QueryExpressionEvaluator;
import org.springframework.expression.ParseException;
import org.storedb.error.InvalidQueryException;
import org.storedb.error.QuerySyntaxException;
import org.storedb.query.text.BoundStatement;
import org.storedb.query.text.ParsedStatement;
import org.storedb.query.text.QueryText;
import org.storedb.spring.data.core.StoreOperations;
import org.storedb.spring.data.core.convert.StoreConverter;

/**
 * The text of a method's statement, parsed once and checked against the method. {@code #{#entityName}} stands for the
 * collection of the repository's entity, {@code :#{…}} and {@code :${…}} for the value of an expression.
 */
final class StatementText {

    private static final Pattern VERB = Pattern.compile("\\s*(\\p{Alpha}+)");
    private static final Pattern ENTITY_NAME = Pattern.compile("#\\{\\s*#entityName\\s*}");
    private static final Pattern EXPRESSION = Pattern.compile("[:?][#$]\\{");
    private static final String EXPRESSION_NAME = "_expression";

    private final StoreQueryMethod method;
    private final ParsedStatement statement;
    private final @Nullable QueryExpressionEvaluator expressions;

    /** Rejects a text that is not a statement about the entity, or whose parameters are not those of the method. */
    StatementText(
            StoreQueryMethod method,
            String text,
            StoreOperations operations,
            ValueExpressionDelegate expressionDelegate) {
        this.method = method;
        String collection =
                operations.getConverter().codec(method.getEntityType()).entity().getCollectionName();
        String named = ENTITY_NAME.matcher(text).replaceAll(Matcher.quoteReplacement('`' + collection + '`'));
        this.expressions = EXPRESSION.matcher(named).find() ? evaluator(named, expressionDelegate) : null;
        this.statement = parse(expressions == null ? named : expressions.getQueryString(), collection);
        if (!statement.collection().equals(collection)) {
            throw method.unsupported("it queries '%s', but %s is stored in '%s'"
                    .formatted(statement.collection(), method.getEntityType().getSimpleName(), collection));
        }
        refuseUnknownProperties(operations.getConverter());
        refuseUnboundParameters();
        new StatementParameterTypes(method, operations.getConverter()).requireFit(statement);
    }

    /** Returns the verb that a text begins with, in lower case. */
    static String verb(String text) {
        Matcher verb = VERB.matcher(text);
        return verb.lookingAt() ? verb.group(1).toLowerCase(Locale.ROOT) : "";
    }

    private boolean hasParameters() {
        return !statement.parameters().isEmpty();
    }

    /**
     * Binds the arguments of a call.
     *
     * @throws InvalidDataAccessApiUsageException if an argument does not fit where it is used
     */
    BoundStatement bind(StoreParameterAccessor accessor) {
        try {
            return statement.isPositional() || !hasParameters()
                    ? statement.bind(positional(accessor))
                    : statement.bind(named(accessor));
        } catch (InvalidQueryException e) {
            throw new InvalidDataAccessApiUsageException("%s: %s".formatted(method.getName(), e.getMessage()), e);
        }
    }

    /** Runs a check if the statement has no parameters; this reveals all its errors at startup. */
    void checkIfComplete(Consumer<BoundStatement> check) {
        if (hasParameters()) {
            return;
        }
        try {
            check.accept(statement.bind());
        } catch (InvalidQueryException | InvalidDataAccessApiUsageException | PropertyReferenceException e) {
            throw method.unsupported(e);
        }
    }

    private QueryExpressionEvaluator evaluator(String text, ValueExpressionDelegate delegate) {
        try {
            return ValueExpressionQueryRewriter.of(
                            delegate, (index, expression) -> EXPRESSION_NAME + index, (prefix, name) -> ':' + name)
                    .parse(text, method.getParameters());
        } catch (IllegalArgumentException | ParseException e) {
            throw method.unsupported(e);
        }
    }

    private ParsedStatement parse(String text, String collection) {
        try {
            return QueryText.parseStatement(text);
        } catch (QuerySyntaxException e) {
            method.refuseOtherLanguage(text, collection);
            throw method.unsupported(e);
        }
    }

    private void refuseUnknownProperties(StoreConverter converter) {
        for (String path : statement.fields()) {
            if (converter.field(method.getEntityType(), path) == null) {
                throw method.unsupported(converter.whyNoField(method.getEntityType(), path));
            }
        }
    }

    private void refuseUnboundParameters() {
        Parameters<?, ?> given = method.getParameters().getBindableParameters();
        if (statement.isPositional() || !hasParameters()) {
            if (given.getNumberOfParameters() != statement.parameters().size()) {
                throw method.unsupported("its query has %d parameters, but it has %d for values"
                        .formatted(statement.parameters().size(), given.getNumberOfParameters()));
            }
            return;
        }
        Set<String> wanted = new LinkedHashSet<>(statement.parameters());
        wanted.removeIf(name -> name.startsWith(EXPRESSION_NAME));
        Set<String> names = new LinkedHashSet<>();
        given.forEach(parameter -> parameter.getName().ifPresent(names::add));
        boolean complete = expressions == null
                ? names.equals(new HashSet<>(wanted)) && names.size() == given.getNumberOfParameters()
                : names.containsAll(wanted); // An expression may or may not use a parameter.
        if (!complete) {
            throw method.unsupported(
                    "its query has the parameters %s, but it has %s; name them with @Param".formatted(wanted, names));
        }
    }

    private static @Nullable Object[] positional(StoreParameterAccessor accessor) {
        int count = accessor.getParameters().getBindableParameters().getNumberOfParameters();
        @Nullable Object[] values = new @Nullable Object[count];
        for (int index = 0; index < count; index++) {
            values[index] = Places.toText(accessor.getBindableValue(index));
        }
        return values;
    }

    private Map<String, @Nullable Object> named(StoreParameterAccessor accessor) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        int index = 0;
        for (Parameter parameter : accessor.getParameters().getBindableParameters()) {
            Object value = Places.toText(accessor.getBindableValue(index++));
            parameter.getName().filter(statement.parameters()::contains).ifPresent(name -> values.put(name, value));
        }
        if (expressions != null) {
            expressions.evaluate(accessor.arguments()).forEach((name, value) -> values.put(name, Places.toText(value)));
        }
        return values;
    }
}
