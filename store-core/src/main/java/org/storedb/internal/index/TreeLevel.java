package org.storedb.internal.index;

import java.util.ArrayList;
import java.util.List;
import org.storedb.internal.index.Node.Split;

/** Nodes of one height from left to right, and the separators between them: a tree while it is built bottom up. */
final class TreeLevel {

    /** Some room is left, so that the first entries to come do not split every node. */
    private static final int INNER_CHILDREN = Inner.CHILDREN_MAX * 7 / 8;

    private final List<Node> nodes = new ArrayList<>();
    private final List<byte[]> separators = new ArrayList<>();
    private byte[] lastKey = {};

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    /** The last key of the last leaf. */
    byte[] lastKey() {
        return lastKey;
    }

    /** Adds a leaf with these keys at its ends; the first one is above all keys so far. */
    void add(byte[] leafFirstKey, byte[] leafLastKey, Leaf leaf) {
        if (!nodes.isEmpty()) {
            separators.add(SplitPoint.separator(lastKey, leafFirstKey));
        }
        nodes.add(leaf);
        lastKey = leafLastKey;
    }

    /** Merges a leaf with the last one instead of adding it, if both are small; its keys are above all keys so far. */
    boolean mergeSmall(byte[] leafFirstKey, byte[] leafLastKey, Leaf leaf, Object session) {
        Node previous = nodes.isEmpty() ? null : nodes.get(nodes.size() - 1);
        if (previous == null || !leaf.isUnderfull() || !previous.isUnderfull()) {
            return false;
        }
        byte[] separator = SplitPoint.separator(lastKey, leafFirstKey);
        if (!previous.fitsWith(separator, leaf)) {
            return false;
        }
        nodes.set(nodes.size() - 1, previous.mergedWith(separator, leaf, session));
        lastKey = leafLastKey;
        return true;
    }

    /** The root of the tree above these nodes, of which there is one at least. */
    Node root(Object session) {
        TreeLevel level = this;
        while (level.nodes.size() > 1) {
            level = level.above(session);
        }
        return level.nodes.get(0);
    }

    private TreeLevel above(Object session) {
        TreeLevel above = new TreeLevel();
        int parents = (nodes.size() + INNER_CHILDREN - 1) / INNER_CHILDREN;
        int from = 0;
        for (int i = 1; i <= parents; i++) {
            int to = (int) ((long) nodes.size() * i / parents);
            if (from > 0) {
                above.separators.add(separators.get(from - 1));
            }
            above.addSplitting(parent(from, to, session));
            from = to;
        }
        return above;
    }

    private Inner parent(int from, int to, Object session) {
        byte[][] between = separators.subList(from, to - 1).toArray(new byte[0][]);
        Node[] children = nodes.subList(from, to).toArray(new Node[0]);
        return Inner.of(between, 0, between.length, children, session);
    }

    /** Long separators can make a node overfull that has few children. */
    private void addSplitting(Node node) {
        if (!node.isOverfull()) {
            nodes.add(node);
            return;
        }
        Split split = node.split(false);
        addSplitting(split.left());
        separators.add(split.separator());
        addSplitting(split.right());
    }
}
