package org.storedb.benchmark.document;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** JSON in a table of SQLite over JDBC, converted by Jackson, with an index on an expression. For one thread. */
public final class SqliteDocuments implements DocumentEngine {

    private final JsonMapper mapper = JsonMapper.shared();
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement select;

    public SqliteDocuments(Path directory) {
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.db"));
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma journal_mode = wal");
                statement.execute("pragma synchronous = off");
                statement.execute("pragma cache_size = -262144");
                statement.execute("pragma mmap_size = 4294967296");
                statement.execute("create table if not exists customers (id text primary key, document text not null)"
                        + " without rowid");
                statement.execute("create index if not exists city on customers (document ->> '$.city')");
            }
            insert = connection.prepareStatement("insert into customers (id, document) values (?, ?)");
            select = connection.prepareStatement("select document from customers where id = ?");
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite cannot be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public void insert(Customer customer) {
        try {
            insert.setString(1, customer.id());
            insert.setString(2, mapper.writeValueAsString(customer));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite rejected " + customer.id() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable Customer get(String id) {
        try {
            select.setString(1, id);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? mapper.readValue(found.getString(1), Customer.class) : null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite cannot read " + id + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite cannot be closed: " + e.getMessage(), e);
        }
    }
}
