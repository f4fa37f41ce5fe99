package org.storedb.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SingleRunTests {

    private final List<Runnable> started = new ArrayList<>();

    @Test
    void oneRunAtATime() {
        SingleRun run = new SingleRun(() -> {});
        run.startIn(started::add);
        run.startIn(started::add);
        assertThat(started).hasSize(1);
        assertThat(run.isRunning()).isTrue();

        started.get(0).run();
        assertThat(run.isRunning()).isFalse();
        run.startIn(started::add);
        assertThat(started).hasSize(2);
    }

    @Test
    void aRunThatFailsHasEnded() {
        SingleRun run = new SingleRun(() -> {
            throw new IllegalStateException("fails");
        });
        assertThatIllegalStateException().isThrownBy(() -> run.startIn(Runnable::run));
        assertThat(run.isRunning()).isFalse();
    }

    @Test
    void aRunThatCannotStartIsNone() {
        SingleRun run = new SingleRun(() -> {});
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> run.startIn(task -> {
                    throw new RejectedExecutionException("no thread");
                }));
        assertThat(run.isRunning()).isFalse();
    }
}
