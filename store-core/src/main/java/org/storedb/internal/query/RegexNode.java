package org.storedb.internal.query;

import java.util.List;
import java.util.function.IntPredicate;
import org.storedb.internal.query.RegexProgram.Anchor;
import org.storedb.internal.query.RegexProgram.Assembly;
import org.storedb.internal.query.RegexProgram.Instruction;

/** A part of a regular expression. */
sealed interface RegexNode {

    /** Matches the empty text anywhere. It has no instructions, so repeating it costs nothing. */
    RegexNode EMPTY = new Sequence(List.of());

    void appendTo(Assembly program);

    static RegexNode sequence(List<RegexNode> parts) {
        List<RegexNode> present = parts.stream().filter(part -> part != EMPTY).toList();
        return present.isEmpty() ? EMPTY : present.size() == 1 ? present.get(0) : new Sequence(present);
    }

    static RegexNode choice(List<RegexNode> parts) {
        return parts.size() == 1 ? parts.get(0) : new Choice(parts);
    }

    static RegexNode repeat(RegexNode part, int min, int max) {
        return part == EMPTY || max == 0 ? EMPTY : new Repeat(part, min, max);
    }

    /** One character. */
    record One(IntPredicate test) implements RegexNode {
        @Override
        public void appendTo(Assembly program) {
            program.add(new Instruction.Take(test));
        }
    }

    /** A position between characters. */
    record At(Anchor anchor) implements RegexNode {
        @Override
        public void appendTo(Assembly program) {
            program.add(new Instruction.Require(anchor));
        }
    }

    /** One part after another. */
    record Sequence(List<RegexNode> parts) implements RegexNode {
        @Override
        public void appendTo(Assembly program) {
            parts.forEach(part -> part.appendTo(program));
        }
    }

    /** One of several parts. */
    record Choice(List<RegexNode> parts) implements RegexNode {

        private static final Instruction LATER = new Instruction.Jump(0);

        @Override
        public void appendTo(Assembly program) {
            int[] ends = new int[parts.size() - 1];
            for (int part = 0; part < ends.length; part++) {
                int fork = program.add(LATER);
                parts.get(part).appendTo(program);
                ends[part] = program.add(LATER);
                program.set(fork, new Instruction.Fork(fork + 1, program.size()));
            }
            parts.get(ends.length).appendTo(program);
            for (int end : ends) {
                program.set(end, new Instruction.Jump(program.size()));
            }
        }
    }

    /**
     * A part repeated several times.
     *
     * @param max {@link #ENDLESS} for any number
     */
    record Repeat(RegexNode part, int min, int max) implements RegexNode {

        static final int ENDLESS = Integer.MAX_VALUE;

        private static final Instruction LATER = new Instruction.Jump(0);

        @Override
        public void appendTo(Assembly program) {
            for (int count = 0; count < min; count++) {
                part.appendTo(program);
            }
            if (max == ENDLESS) {
                int fork = program.add(LATER);
                part.appendTo(program);
                program.add(new Instruction.Jump(fork));
                program.set(fork, new Instruction.Fork(fork + 1, program.size()));
                return;
            }
            int[] forks = new int[max - min];
            for (int count = 0; count < forks.length; count++) {
                forks[count] = program.add(LATER);
                part.appendTo(program);
            }
            for (int fork : forks) {
                program.set(fork, new Instruction.Fork(fork + 1, program.size()));
            }
        }
    }
}
