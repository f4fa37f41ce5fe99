package org.storedb.sample.web;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Problem details that tell a client why Jackson cannot read the body of its request. */
final class UnreadableBody {

    private UnreadableBody() {}

    static ProblemDetail problem(HttpMessageNotReadableException exception) {
        if (exception.getCause() instanceof MismatchedInputException mismatch) {
            return wrongType(mismatch, mismatch.getTargetType());
        }
        if (exception.getCause() instanceof InputCoercionException overflow) {
            return wrongType(overflow, overflow.getTargetType());
        }
        if (exception.getCause() instanceof JacksonException malformed) {
            TokenStreamLocation location = malformed.getLocation();
            return badRequest("The body is not valid JSON: error at line %d, column %d"
                    .formatted(location.getLineNr(), location.getColumnNr()));
        }
        return badRequest("The body is missing or cannot be read");
    }

    private static ProblemDetail wrongType(JacksonException exception, Class<?> type) {
        String field = exception.getPath().stream()
                .map(JacksonException.Reference::getPropertyName)
                .collect(Collectors.joining("."));
        return field.isEmpty()
                ? badRequest("The body must be a JSON object")
                : InvalidField.problem(List.of(new InvalidField(field, "must be " + nameOf(type))));
    }

    private static String nameOf(Class<?> type) {
        if (type == LocalDate.class) {
            return "a date like 2027-03-01";
        }
        return type == Integer.class || type == int.class ? "an integer" : "a " + type.getSimpleName();
    }

    private static ProblemDetail badRequest(String detail) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail);
    }
}
