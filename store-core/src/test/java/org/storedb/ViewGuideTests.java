package org.storedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storedb.maintenance.OperationMonitor;
import org.storedb.view.View;
import org.storedb.view.ViewPage;
import org.storedb.view.ViewQuery;
import org.storedb.view.ViewRow;

/** The examples of docs/VIEWS.md. */
class ViewGuideTests {

    private final Store store = Store.openInMemory();
    private final DocumentCollection<Order> orders = store.collection("orders", Order.class);
    private final View<Order> byItem = orders.view("byItem", 1, (order, emitter) -> {
        for (Item item : order.items()) {
            emitter.emit(List.of(item.product(), order.customer()), item.quantity());
        }
    });

    record Order(String id, String customer, List<Item> items) {}

    record Item(String product, int quantity) {}

    @BeforeEach
    void fill() {
        orders.insert(new Order("1", "ada", List.of(new Item("tea", 2), new Item("milk", 1))));
        orders.insert(new Order("2", "bob", List.of(new Item("tea", 5))));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void reading() {
        assertThat(byItem.stream(ViewQuery.startingWith(List.of("tea"))))
                .extracting(ViewRow::key)
                .containsExactly(List.of("tea", "ada"), List.of("tea", "bob"));
        assertThat(byItem.stream(ViewQuery.key(List.of("tea", "ada"))))
                .extracting(ViewRow::value)
                .containsExactly(2);
        ViewPage<Order> page = byItem.page(ViewQuery.range(List.of("a"), List.of("u"))
                .excludingEnd()
                .descending()
                .startIndex(1)
                .limit(1)
                .withDocuments());
        assertThat(page.rows()).singleElement().satisfies(row -> {
            assertThat(row.key()).isEqualTo(List.of("tea", "ada"));
            assertThat(row.document()).extracting(Order::customer).isEqualTo("ada");
        });
        assertThat(page.nextIndex()).isEqualTo(OptionalLong.of(2));
        assertThat(byItem.count(ViewQuery.startingWith(List.of("tea")))).isEqualTo(2);
        assertThat(byItem.sum(ViewQuery.startingWith(List.of("tea")))).isEqualByComparingTo("7");
        assertThat(byItem.statistics(ViewQuery.all()).max()).isEqualByComparingTo("5");
        assertThat(byItem.countByKey(ViewQuery.startingWith(List.of("milk"))))
                .isEqualTo(Map.of(List.of("milk", "ada"), 1L));
    }

    @Test
    void refreshing() {
        byItem.refresh(OperationMonitor.none());
        orders.delete("2");
        assertThat(byItem.count(ViewQuery.startingWith(List.of("tea")))).isOne();
        assertThat(byItem.status().failed()).isZero();
    }
}
