package org.storedb.spring.data.repository;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.data.annotation.QueryAnnotation;

/**
 * The query of a repository method, in the text form of {@code org.storedb.query.text}: {@code find}, {@code count},
 * {@code exists}, {@code delete}, {@code select} or {@code update}, the collection of the repository's entity, and
 * conditions on its properties. Values are {@code :name}, for the parameter with that name, or {@code ?1}, {@code ?2},
 * …, by position.
 *
 * <pre>{@code
 * @Query("find trips where seatsLeft >= :seats and placeId in :places order by departure")
 * Page<Trip> withSeats(int seats, Collection<String> places, Pageable pageable);
 * }</pre>
 */
@Documented
@QueryAnnotation
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Query {

    /** The text of the query. */
    String value();
}
