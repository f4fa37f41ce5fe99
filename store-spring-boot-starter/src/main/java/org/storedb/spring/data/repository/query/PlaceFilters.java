package org.storedb.spring.data.repository.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Range;
import org.springframework.data.geo.Circle;
import org.springframework.data.geo.Distance;
import org.springframework.data.repository.query.parser.Part;
import org.storedb.spring.data.core.convert.StoreConverter;

/** Factory of the filters of the conditions {@code Near} and {@code Within}. */
final class PlaceFilters {

    private final StoreQueryMethod method;
    private final StoreConverter converter;
    private final ValueParameters parameters;
    private final List<Near> nears = new ArrayList<>();

    PlaceFilters(StoreQueryMethod method, StoreConverter converter, ValueParameters parameters) {
        this.method = method;
        this.converter = converter;
        this.parameters = parameters;
    }

    /**
     * A point that results are near.
     *
     * @param parameter the parameter with the point, or with a circle around it
     * @param distance the parameter with the distance from the point; {@code parameter} again for a circle
     */
    record Near(String property, int parameter, int distance) {}

    /** Returns the one point that results are near; {@code null} if there is none, or more than one. */
    @Nullable
    Near onlyNear() {
        return nears.size() == 1 ? nears.get(0) : null;
    }

    BindableFilter near(Condition condition, Part part) {
        requirePlace(condition, part);
        int center = parameters.take(part);
        if (parameters.type(center) == Circle.class) {
            addNear(part, center, center);
            return arguments -> condition.withinShape(arguments.get(center));
        }
        if (!Places.isPoint(parameters.type(center))) {
            throw method.unsupported(part, "its first parameter must be a Point, a GeoPoint or a Circle");
        }
        int distance = parameters.take(part);
        addNear(part, center, distance);
        if (parameters.type(distance) == Distance.class && parameters.isNext(Distance.class)) {
            int farthest = parameters.take(part);
            return arguments -> condition.near(arguments.get(center), arguments.get(distance), arguments.get(farthest));
        }
        if (parameters.type(distance) != Distance.class && !Range.class.isAssignableFrom(parameters.type(distance))) {
            throw method.unsupported(part, "after the point it needs a Distance, two of them or a Range<Distance>");
        }
        return arguments -> condition.near(arguments.get(center), arguments.get(distance));
    }

    private void addNear(Part part, int center, int distance) {
        String property = part.getProperty().toDotPath();
        if (converter.field(method.getEntityType(), property) != null) { // Elements have no single location.
            nears.add(new Near(property, center, distance));
        }
    }

    BindableFilter within(Condition condition, Part part) {
        requirePlace(condition, part);
        int place = parameters.take(part);
        if (Places.isShape(parameters.type(place))) {
            return arguments -> condition.withinShape(arguments.get(place));
        }
        if (!Places.isPoint(parameters.type(place)) || !parameters.isNext(Distance.class)) {
            throw method.unsupported(
                    part, "its parameter must be a Circle, a Box, a Polygon or a GeoShape, or a Point and a Distance");
        }
        int distance = parameters.take(part);
        return arguments -> condition.near(arguments.get(place), arguments.get(distance));
    }

    private void requirePlace(Condition condition, Part part) {
        if (!condition.field().mayBePlace()) {
            throw method.unsupported(part, "the property is not a place");
        }
    }
}
