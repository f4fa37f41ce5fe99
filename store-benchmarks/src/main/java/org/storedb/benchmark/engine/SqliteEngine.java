package org.storedb.benchmark.engine;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A table of SQLite over JDBC, with a connection for each thread. */
final class SqliteEngine implements Engine {

    private final String url;
    private final boolean durable;
    private final Queue<Session> sessions = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Session> session = ThreadLocal.withInitial(this::openSession);

    SqliteEngine(EngineSettings settings) {
        this.url = "jdbc:sqlite:" + settings.directory().resolve("store.db");
        this.durable = settings.durable();
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        PreparedStatement select = session.get().get;
        try {
            select.setBytes(1, key);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? found.getBytes(1) : null;
            }
        } catch (SQLException e) {
            throw new EngineException(e);
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        try {
            put(session.get(), key, value);
        } catch (SQLException e) {
            throw new EngineException(e);
        }
    }

    @Override
    public void putAll(byte[][] keys, byte[][] values) {
        Session own = session.get();
        try {
            own.connection.setAutoCommit(false);
            for (int i = 0; i < keys.length; i++) {
                put(own, keys[i], values[i]);
            }
            own.connection.commit();
            own.connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new EngineException(e);
        }
    }

    private static void put(Session session, byte[] key, byte[] value) throws SQLException {
        session.put.setBytes(1, key);
        session.put.setBytes(2, value);
        session.put.executeUpdate();
    }

    @Override
    public long scan(byte[] from, long limit, EntryConsumer consumer) {
        PreparedStatement select = session.get().scan;
        long count = 0;
        try {
            select.setBytes(1, from);
            select.setLong(2, limit);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    consumer.accept(found.getBytes(1), found.getBytes(2));
                    count++;
                }
            }
        } catch (SQLException e) {
            throw new EngineException(e);
        }
        return count;
    }

    @Override
    public long count(byte[] from, byte[] to) {
        PreparedStatement select = session.get().count;
        try {
            select.setBytes(1, from);
            select.setBytes(2, to);
            try (ResultSet found = select.executeQuery()) {
                return found.getLong(1);
            }
        } catch (SQLException e) {
            throw new EngineException(e);
        }
    }

    @Override
    public void compact() {
        try (Statement statement = session.get().connection.createStatement()) {
            statement.execute("vacuum");
        } catch (SQLException e) {
            throw new EngineException(e);
        }
    }

    @Override
    public void close() {
        try {
            for (Session open : sessions) {
                open.connection.close();
            }
        } catch (SQLException e) {
            throw new EngineException(e);
        }
    }

    private Session openSession() {
        try {
            Session opened = new Session(url, durable);
            sessions.add(opened);
            return opened;
        } catch (SQLException e) {
            throw new EngineException(e);
        }
    }

    /** The connection and statements of one thread. */
    private static final class Session {

        private final Connection connection;
        private final PreparedStatement get;
        private final PreparedStatement put;
        private final PreparedStatement scan;
        private final PreparedStatement count;

        Session(String url, boolean durable) throws SQLException {
            connection = DriverManager.getConnection(url);
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma journal_mode = wal");
                statement.execute("pragma synchronous = " + (durable ? "full" : "off"));
                statement.execute("pragma busy_timeout = 60000");
                statement.execute("pragma cache_size = -262144");
                statement.execute("pragma mmap_size = 4294967296");
                statement.execute(
                        "create table if not exists entries (k blob primary key, v blob not null) without rowid");
            }
            get = connection.prepareStatement("select v from entries where k = ?");
            put = connection.prepareStatement("insert or replace into entries (k, v) values (?, ?)");
            scan = connection.prepareStatement("select k, v from entries where k >= ? order by k limit ?");
            count = connection.prepareStatement("select count(*) from entries where k >= ? and k < ?");
        }
    }
}
