package org.storedb.crash;

import java.io.IOException;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.storedb.storage.StorageDirectory;
import org.storedb.testing.InterceptedDirectory;
import org.storedb.testing.IoInterceptor;
import org.storedb.testing.IoOperation;
import org.storedb.testing.IoOperation.Kind;

/**
 * What an engine with a certain bug would do to the disk. The engine itself is right; what it asks for is left out or
 * twisted on the way, which comes to the same.
 */
enum PlantedBug {
    FILES_ARE_NEVER_SYNCED(Campaign.CRASH, leaveOut(operation -> operation.kind() == Kind.SYNC)),
    COMMITS_ARE_NOT_SYNCED(
            Campaign.CRASH,
            leaveOut(operation ->
                    operation.kind() == Kind.SYNC && operation.file().endsWith(".log"))),
    MANIFEST_IS_RENAMED_BEFORE_IT_IS_SYNCED(
            Campaign.CRASH,
            leaveOut(operation ->
                    operation.kind() == Kind.SYNC && operation.file().equals("manifest.new"))),
    COPY_OF_THE_TAIL_IS_NOT_SYNCED(
            Campaign.CRASH,
            leaveOut(operation ->
                    operation.kind() == Kind.SYNC && operation.file().endsWith(".copy"))),
    DIRECTORY_IS_NEVER_SYNCED(Campaign.CRASH, leaveOut(operation -> operation.kind() == Kind.SYNC_DIRECTORY)),
    EVERY_SECOND_DIRECTORY_SYNC_IS_FORGOTTEN(
            Campaign.CRASH,
            directory -> intercepted(directory, new IoInterceptor() {
                private int count;

                @Override
                public boolean skips(IoOperation operation) {
                    return operation.kind() == Kind.SYNC_DIRECTORY && count++ % 2 == 1;
                }
            })),
    MANIFEST_IS_DELETED_BEFORE_IT_IS_REPLACED(
            Campaign.CRASH,
            directory -> intercepted(directory, new IoInterceptor() {
                @Override
                public void before(IoOperation operation) throws IOException {
                    if (operation.kind() == Kind.RENAME && directory.list().contains(operation.file())) {
                        directory.delete(operation.file());
                    }
                }
            })),
    TAIL_IS_USED_AS_IT_IS(
            Campaign.CRASH,
            leaveOut(operation ->
                    operation.kind() == Kind.RENAME && operation.file().endsWith(".log"))),
    FILES_ARE_NEVER_CLOSED(
            Campaign.CRASH,
            directory -> intercepted(directory, new IoInterceptor() {
                @Override
                public boolean closesFiles() {
                    return false;
                }
            })),
    FAILED_SYNC_IS_RETRIED(Campaign.FAULTS, overlook((operation, failure) -> operation.kind() == Kind.SYNC)),
    FAILED_DIRECTORY_SYNC_IS_RETRIED(
            Campaign.FAULTS, overlook((operation, failure) -> operation.kind() == Kind.SYNC_DIRECTORY)),
    FAILED_WRITE_IS_OVERLOOKED(Campaign.FAULTS, overlook((operation, failure) -> operation.kind() == Kind.WRITE)),
    SHORT_WRITE_IS_TAKEN_FOR_WHOLE(
            Campaign.FAULTS, overlook((operation, failure) -> failure instanceof IoInterceptor.ShortWriteException)),
    FAILED_RENAME_IS_OVERLOOKED(Campaign.FAULTS, overlook((operation, failure) -> operation.kind() == Kind.RENAME)),
    FAILED_READ_GIVES_ZEROS(Campaign.FAULTS, overlook((operation, failure) -> operation.kind() == Kind.READ));

    private final Campaign campaign;

    @SuppressWarnings("ImmutableEnumChecker") // Each of them makes a new directory and keeps nothing.
    private final UnaryOperator<StorageDirectory> disk;

    PlantedBug(Campaign campaign, UnaryOperator<StorageDirectory> disk) {
        this.campaign = campaign;
        this.disk = disk;
    }

    Campaign campaign() {
        return campaign;
    }

    UnaryOperator<StorageDirectory> disk() {
        return disk;
    }

    private static UnaryOperator<StorageDirectory> leaveOut(Predicate<IoOperation> which) {
        return directory -> intercepted(directory, new IoInterceptor() {
            @Override
            public boolean skips(IoOperation operation) {
                return which.test(operation);
            }
        });
    }

    private static UnaryOperator<StorageDirectory> overlook(BiPredicate<IoOperation, IOException> which) {
        return directory -> intercepted(directory, new IoInterceptor() {
            @Override
            public void failed(IoOperation operation, IOException failure) throws IOException {
                if (!which.test(operation, failure)) {
                    throw failure;
                }
            }
        });
    }

    private static StorageDirectory intercepted(StorageDirectory directory, IoInterceptor interceptor) {
        return new InterceptedDirectory(directory, interceptor);
    }
}
