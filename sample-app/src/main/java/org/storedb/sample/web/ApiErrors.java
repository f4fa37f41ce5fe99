package org.storedb.sample.web;

import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.storedb.sample.NotFoundException;

/**
 * Advice that turns every error into an RFC 9457 problem detail that says what is wrong. The base class does so for the
 * exceptions of Spring MVC; this one adds those of the application and the store, and the names of invalid fields.
 */
@RestControllerAdvice
class ApiErrors extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ApiErrors.class);

    @ExceptionHandler
    ProblemDetail notFound(NotFoundException exception) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, exception.getMessage());
    }

    @ExceptionHandler
    ProblemDetail unknownSortField(UnknownSortFieldException exception) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, exception.getMessage());
    }

    /**
     * Reports what the store rejects, such as a text that is not valid Unicode; the message says which field it is. An
     * application with unique values also handles the subclass {@code DuplicateKeyException}, as 409.
     */
    @ExceptionHandler
    ProblemDetail refusedByStore(DataIntegrityViolationException exception) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, exception.getMessage());
    }

    /** Reports a parameter that Tomcat cannot decode, such as {@code ?name=%zz}. */
    @ExceptionHandler
    ProblemDetail malformedParameter(InvalidParameterException exception) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, "A parameter cannot be decoded");
    }

    /** Reports conflicts that persist after all retries: the request is valid, but met too many others. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooManyConflicts(ConcurrencyFailureException exception) {
        return unavailable("Too many requests changed the same data at once; nothing was stored, please try again");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> storeUnavailable(DataAccessResourceFailureException exception) {
        log.error("The store is not available", exception);
        return unavailable("The store is not available at the moment");
    }

    /** Handles all other exceptions, even those with {@code @ResponseStatus}, of which there are none here. */
    @ExceptionHandler
    ProblemDetail unexpected(RuntimeException exception) {
        log.error("A request failed", exception);
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR, "The request failed; see the log of the application for the reason");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException exception, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<InvalidField> fields =
                exception.getFieldErrors().stream().map(InvalidField::of).toList();
        ProblemDetail problem = InvalidField.problem(fields);
        return handleExceptionInternal(exception, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException exception, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return handleExceptionInternal(exception, UnreadableBody.problem(exception), headers, status, request);
    }

    private static ResponseEntity<ProblemDetail> unavailable(String detail) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail));
    }
}
