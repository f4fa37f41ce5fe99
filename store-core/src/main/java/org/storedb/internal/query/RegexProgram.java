package org.storedb.internal.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.storedb.error.InvalidQueryException;

/**
 * A regular expression, compiled to the instructions of an automaton. All ways to match are followed at once, one
 * character after another, so a search takes at most as many steps as the number of characters in the text times that
 * of instructions, whatever the expression. Immutable.
 */
final class RegexProgram {

    private static final int INSTRUCTIONS_MAX = 5_000;

    private final List<Instruction> instructions;

    private RegexProgram(List<Instruction> instructions) {
        this.instructions = List.copyOf(instructions);
    }

    /**
     * Compiles a regular expression.
     *
     * @throws InvalidQueryException if it is malformed, too large, or cannot be found in linear time
     */
    static RegexProgram compile(String regex, boolean ignoreCase) {
        Assembly assembly = new Assembly(regex);
        new RegexParser(regex, ignoreCase).parse().appendTo(assembly);
        assembly.add(new Instruction.Match());
        return new RegexProgram(assembly.instructions);
    }

    boolean isFoundIn(String text) {
        return new Search(instructions, text).run();
    }

    /** One step of a program, followed by the next one unless stated otherwise. */
    sealed interface Instruction {

        /** Consumes a character. */
        record Take(IntPredicate test) implements Instruction {}

        /** Continues at two positions. */
        record Fork(int first, int second) implements Instruction {}

        /** Continues at another position. */
        record Jump(int target) implements Instruction {}

        /** Continues if a condition holds at the position in the text. */
        record Require(Anchor anchor) implements Instruction {}

        /** The expression was found. */
        record Match() implements Instruction {}
    }

    /** A condition on a position between characters. */
    enum Anchor {
        START,
        END,
        WORD_EDGE,
        NO_WORD_EDGE
    }

    /** A program under construction. */
    static final class Assembly {

        private final String regex;
        private final List<Instruction> instructions = new ArrayList<>();

        Assembly(String regex) {
            this.regex = regex;
        }

        int size() {
            return instructions.size();
        }

        int add(Instruction instruction) {
            if (instructions.size() == INSTRUCTIONS_MAX) {
                throw new InvalidQueryException("The regular expression \"" + regex
                        + "\" has too many parts and repetitions; it may have at most " + INSTRUCTIONS_MAX + " steps");
            }
            instructions.add(instruction);
            return instructions.size() - 1;
        }

        void set(int at, Instruction instruction) {
            instructions.set(at, instruction);
        }
    }

    /** The search in one text. */
    private static final class Search {

        private final List<Instruction> instructions;
        private final String text;
        private final int[] pending;
        private States current;
        private States next;

        Search(List<Instruction> instructions, String text) {
            this.instructions = instructions;
            this.text = text;
            this.pending = new int[instructions.size() + 1];
            this.current = new States(instructions.size());
            this.next = new States(instructions.size());
        }

        boolean run() {
            int at = 0;
            while (!enter(0, at, current)) {
                if (at == text.length()) {
                    return false;
                }
                int character = text.codePointAt(at);
                at += Character.charCount(character);
                if (step(character, at)) {
                    return true;
                }
            }
            return true;
        }

        /** Consumes a character, after which the search continues; returns true if a match ends there. */
        private boolean step(int character, int behind) {
            for (int index = 0; index < current.count; index++) {
                int state = current.states[index];
                if (instructions.get(state) instanceof Instruction.Take take
                        && take.test().test(character)
                        && enter(state + 1, behind, next)) {
                    return true;
                }
            }
            States taken = current;
            current = next;
            next = taken;
            next.count = 0;
            return false;
        }

        /**
         * Adds a state and all that it leads to without consuming a character; returns true if a match is among them.
         */
        private boolean enter(int state, int at, States reached) {
            int waiting = 0;
            pending[waiting++] = state;
            while (waiting > 0) {
                int entered = pending[--waiting];
                if (!reached.add(entered)) {
                    continue;
                }
                Instruction instruction = instructions.get(entered);
                if (instruction instanceof Instruction.Match) {
                    return true;
                }
                if (instruction instanceof Instruction.Jump jump) {
                    pending[waiting++] = jump.target();
                } else if (instruction instanceof Instruction.Require require && is(require.anchor(), at)) {
                    pending[waiting++] = entered + 1;
                } else if (instruction instanceof Instruction.Fork fork) {
                    pending[waiting++] = fork.second();
                    pending[waiting++] = fork.first();
                }
            }
            return false;
        }

        private boolean is(Anchor anchor, int at) {
            return switch (anchor) {
                case START -> at == 0;
                case END -> at == text.length();
                case WORD_EDGE -> isWordBefore(at) != isWordBefore(at + 1);
                case NO_WORD_EDGE -> isWordBefore(at) == isWordBefore(at + 1);
            };
        }

        /** Returns whether the character before is an ASCII letter, digit or underscore, which is a single char. */
        private boolean isWordBefore(int end) {
            if (end == 0 || end > text.length()) {
                return false;
            }
            char character = text.charAt(end - 1);
            return character == '_' || (character < 128 && Character.isLetterOrDigit(character));
        }
    }

    /** A set of states that is cleared at once by setting its count to 0. */
    private static final class States {

        private final int[] states;
        private final int[] positions;
        private int count;

        States(int size) {
            states = new int[size];
            positions = new int[size];
        }

        /** Adds a state; returns false if it is present. */
        boolean add(int state) {
            int position = positions[state];
            if (position < count && states[position] == state) {
                return false;
            }
            states[count] = state;
            positions[state] = count;
            count++;
            return true;
        }
    }
}
