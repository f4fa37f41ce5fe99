package org.storedb.sample.web;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.validation.FieldError;

/** An invalid parameter or field of a body, and what is wrong with it. */
record InvalidField(String field, String message) {

    static InvalidField of(FieldError error) {
        String message = error.isBindingFailure()
                ? "has a value of the wrong type: '%s'".formatted(error.getRejectedValue())
                : Objects.requireNonNullElse(error.getDefaultMessage(), "is not valid");
        return new InvalidField(error.getField(), message);
    }

    /** Returns a problem with a detail for people and {@code errors} for programs. */
    static ProblemDetail problem(List<InvalidField> fields) {
        String detail = fields.stream()
                .map(field -> field.field() + " " + field.message())
                .collect(Collectors.joining("; "));
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail);
        problem.setProperty("errors", fields);
        return problem;
    }
}
