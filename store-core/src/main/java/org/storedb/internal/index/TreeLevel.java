package org.storedb.internal.index;

import java.util.ArrayList;
import java.util.List;
import org.storedb.internal.index.Node.Split;

/** Nodes of one height from left to right, and the separators between them: a tree that is being built bottom-up. */
final class TreeLevel {

    /** Some room is left, so that the first additional entries do not split every node. */
    private static final int INNER_CHILDREN = Inner.CHILDREN_MAX * 7 / 8;

    private final List<Child> nodes = new ArrayList<>();
    private final List<byte[]> separators = new ArrayList<>();

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    /**
     * Adds a leaf whose keys are above all keys so far.
     *
     * @param separator above all keys so far and not above those of the leaf; ignored for the first one
     */
    void add(byte[] separator, Child leaf) {
        if (!nodes.isEmpty()) {
            separators.add(separator);
        }
        nodes.add(leaf);
    }

    /** Adds a leaf; but if it and the last one are small, merges them. */
    void addMerging(byte[] separator, Leaf leaf, Object session) {
        int last = nodes.size() - 1;
        if (leaf.isUnderfull()
                && last >= 0
                && nodes.get(last) instanceof Leaf previous
                && previous.isUnderfull()
                && previous.fitsWith(separator, leaf)) {
            nodes.set(last, previous.mergedWith(separator, leaf, session));
        } else {
            add(separator, leaf);
        }
    }

    /**
     * Returns the root of the tree above these nodes, of which there is at least one; if it is the only one, it is not
     * a stored leaf.
     */
    Node root(Object session) {
        TreeLevel level = this;
        while (level.nodes.size() > 1) {
            level = level.above(session);
        }
        return (Node) level.nodes.get(0);
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
        Child[] children = nodes.subList(from, to).toArray(new Child[0]);
        return Inner.of(between, 0, between.length, children, session);
    }

    /** Adds a node, splitting it if it is overfull: long separators can do that to a node with few children. */
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
