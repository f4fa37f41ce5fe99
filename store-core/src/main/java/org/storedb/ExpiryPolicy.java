package org.storedb;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.storedb.internal.document.ExpiryRule;

/**
 * When the documents of a collection expire if the write that stores them does not say so. Immutable; stored with the
 * collection.
 */
public final class ExpiryPolicy {

    private static final ExpiryPolicy NONE = new ExpiryPolicy(ExpiryRule.NONE);

    private final ExpiryRule rule;

    private ExpiryPolicy(ExpiryRule rule) {
        this.rule = rule;
    }

    /** Documents do not expire. */
    public static ExpiryPolicy none() {
        return NONE;
    }

    /**
     * Each document expires when this much time has passed since it was written as a whole, see {@link Expiry#after}.
     */
    public static ExpiryPolicy after(Duration period) {
        return new ExpiryPolicy(new ExpiryRule("", Expiry.after(period).periodMillis(), false));
    }

    /** Each document expires when it has not been used for this long, see {@link Expiry#afterUnused}. */
    public static ExpiryPolicy afterUnused(Duration period) {
        return new ExpiryPolicy(new ExpiryRule("", Expiry.afterUnused(period).periodMillis(), true));
    }

    /**
     * Each document expires at the time in its field: a string like {@code 2030-01-31T12:00:00Z}, which is how an
     * {@code Instant} is stored, or a number of milliseconds since 1970-01-01 UTC. A document without the field, or
     * with null there, does not expire, even if it had a time there before; any other value is rejected.
     *
     * @param path names separated by dots
     */
    public static ExpiryPolicy atField(String path) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("The expiry field needs a name");
        }
        return new ExpiryPolicy(new ExpiryRule(path, 0, false));
    }

    /** Returns this policy for documents that have the field, and {@code otherwise} for all others. */
    public ExpiryPolicy orElse(ExpiryPolicy otherwise) {
        if (!rule.hasField() || otherwise.rule.hasField()) {
            throw new IllegalArgumentException("'" + this + "' cannot be combined with '" + otherwise
                    + "': only a policy with a field can have an alternative, and only one without a field");
        }
        return new ExpiryPolicy(new ExpiryRule(rule.field(), otherwise.rule.afterMillis(), otherwise.rule.sliding()));
    }

    static ExpiryPolicy of(ExpiryRule rule) {
        return rule.equals(ExpiryRule.NONE) ? NONE : new ExpiryPolicy(rule);
    }

    ExpiryRule rule() {
        return rule;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExpiryPolicy policy && rule.equals(policy.rule);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(rule);
    }

    @Override
    public String toString() {
        String otherwise = rule.afterMillis() == 0
                ? "never"
                : "after " + Duration.ofMillis(rule.afterMillis()) + (rule.sliding() ? " unused" : "");
        return rule.hasField() ? "at field '" + rule.field() + "', else " + otherwise : otherwise;
    }
}
