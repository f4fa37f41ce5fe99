package org.storedb.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps the drawing in docs/ARCHITECTURE.md true. */
class ArchitectureTests {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.storedb");

    @Test
    void importsPointDown() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("tool")
                .definedBy("org.storedb.tool")
                .layer("transfer")
                .definedBy("org.storedb.transfer")
                .layer("validation")
                .definedBy("org.storedb.validation")
                .layer("migration")
                .definedBy("org.storedb.migration")
                .layer("facade")
                .definedBy("org.storedb")
                .layer("feed")
                .definedBy("org.storedb.internal.feed")
                .layer("query")
                .definedBy("org.storedb.internal.query")
                .layer("view")
                .definedBy("org.storedb.internal.view")
                .layer("integrity")
                .definedBy("org.storedb.internal.integrity")
                .layer("snapshot")
                .definedBy("org.storedb.internal.snapshot")
                .layer("salvage")
                .definedBy("org.storedb.internal.salvage")
                .layer("expiry")
                .definedBy("org.storedb.internal.expiry")
                .layer("document")
                .definedBy("org.storedb.internal.document")
                .layer("compaction")
                .definedBy("org.storedb.internal.compaction")
                .layer("backup")
                .definedBy("org.storedb.internal.backup")
                .layer("recovery")
                .definedBy("org.storedb.internal.recovery")
                .layer("checkpoint")
                .definedBy("org.storedb.internal.checkpoint")
                .layer("transaction")
                .definedBy("org.storedb.internal.transaction")
                .layer("index")
                .definedBy("org.storedb.internal.index")
                .layer("log")
                .definedBy("org.storedb.internal.log")
                .layer("json")
                .definedBy("org.storedb.internal.json")
                .layer("io")
                .definedBy("org.storedb.internal.io")
                .layer("crypto")
                .definedBy("org.storedb.internal.crypto")
                .layer("codec")
                .definedBy("org.storedb.internal.codec")
                .layer("bytes")
                .definedBy("org.storedb.internal.bytes")
                .whereLayer("tool")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("transfer")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("validation")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("migration")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("facade")
                .mayOnlyBeAccessedByLayers("tool", "transfer", "migration")
                .whereLayer("json")
                .mayOnlyBeAccessedByLayers("transfer", "validation", "snapshot")
                .whereLayer("feed")
                .mayOnlyBeAccessedByLayers("facade")
                .whereLayer("query")
                .mayOnlyBeAccessedByLayers("facade", "feed")
                .whereLayer("view")
                .mayOnlyBeAccessedByLayers("facade")
                .whereLayer("integrity")
                .mayOnlyBeAccessedByLayers("facade")
                .whereLayer("salvage")
                .mayOnlyBeAccessedByLayers("facade")
                .whereLayer("expiry")
                .mayOnlyBeAccessedByLayers("facade")
                .whereLayer("snapshot")
                .mayOnlyBeAccessedByLayers("facade")
                .whereLayer("document")
                .mayOnlyBeAccessedByLayers(
                        "facade", "feed", "query", "view", "snapshot", "integrity", "salvage", "expiry")
                .whereLayer("backup")
                .mayOnlyBeAccessedByLayers("facade")
                .whereLayer("compaction")
                .mayOnlyBeAccessedByLayers("facade", "feed")
                .whereLayer("recovery")
                .mayOnlyBeAccessedByLayers("facade", "salvage")
                .whereLayer("checkpoint")
                .mayOnlyBeAccessedByLayers("facade", "recovery")
                .whereLayer("transaction")
                .mayOnlyBeAccessedByLayers(
                        "facade",
                        "feed",
                        "query",
                        "snapshot",
                        "view",
                        "integrity",
                        "salvage",
                        "expiry",
                        "document",
                        "compaction",
                        "backup",
                        "recovery",
                        "checkpoint")
                .whereLayer("index")
                .mayOnlyBeAccessedByLayers(
                        "facade",
                        "feed",
                        "query",
                        "snapshot",
                        "view",
                        "integrity",
                        "salvage",
                        "expiry",
                        "document",
                        "compaction",
                        "backup",
                        "recovery",
                        "checkpoint",
                        "transaction")
                .whereLayer("log")
                .mayOnlyBeAccessedByLayers(
                        "facade",
                        "snapshot",
                        "feed",
                        "integrity",
                        "salvage",
                        "expiry",
                        "document",
                        "compaction",
                        "backup",
                        "recovery",
                        "checkpoint",
                        "transaction")
                .whereLayer("io")
                .mayOnlyBeAccessedByLayers(
                        "tool",
                        "transfer",
                        "migration",
                        "facade",
                        "snapshot",
                        "feed",
                        "integrity",
                        "salvage",
                        "expiry",
                        "compaction",
                        "backup",
                        "recovery",
                        "checkpoint",
                        "log")
                .whereLayer("crypto")
                .mayOnlyBeAccessedByLayers(
                        "facade", "salvage", "compaction", "recovery", "checkpoint", "transaction", "log")
                .whereLayer("codec")
                .mayOnlyBeAccessedByLayers("facade", "salvage", "recovery", "transaction", "log")
                .because("each layer knows only the ones below it: move the class, or hand it what it needs")
                .check(CORE);
    }

    @Test
    void packagesHaveNoCycles() {
        for (String parts : List.of("org.storedb.(*)..", "org.storedb.internal.(*)..")) {
            slices().matching(parts)
                    .should()
                    .beFreeOfCycles()
                    .because("a cycle makes one part of two: find the piece that both need")
                    .check(CORE);
        }
    }

    @Test
    void descriptionsDependOnNothingInternal() {
        noClasses()
                .that(resideInAnyPackage(
                        "org.storedb.query..",
                        "org.storedb.document",
                        "org.storedb.error",
                        "org.storedb.feed",
                        "org.storedb.index",
                        "org.storedb.maintenance",
                        "org.storedb.storage",
                        "org.storedb.view"))
                .should()
                .dependOnClassesThat(resideInAPackage("org.storedb.internal..").or(resideInAPackage("org.storedb")))
                .because("they are values that users hold, and every layer may use them")
                .check(CORE);
    }

    @Test
    void onlyIoTouchesTheOutside() {
        noClasses()
                .that(resideInAPackage("org.storedb..").and(not(resideInAPackage("org.storedb.internal.io"))))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.file.Files")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.channels..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.io\\.(File|RandomAccessFile|FileInputStream|FileOutputStream|FileReader|FileWriter)")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Random|Timer)|java\\.security\\.SecureRandom"
                        + "|java\\.util\\.concurrent\\.(Executors|ThreadLocalRandom)|java\\.lang\\.Thread")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .because("files, clock, threads and chance come through org.storedb.internal.io, so that tests can"
                        + " put others in their place")
                .check(CORE);
    }

    @Test
    void onlyDocumentsAndTheirTextKnowJackson() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.storedb.internal.document", "org.storedb.internal.json")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..")
                .because("Jackson is one codec among others")
                .check(CORE);
    }

    @Test
    void coreKnowsNoSpring() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..")
                .because("the engine runs without Spring; the starter adapts it")
                .check(CORE);
    }

    @Test
    void nothingIsJavaSerialized() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.Object(In|Out)putStream")
                .because("no class names go to disk")
                .check(CORE);
    }

    @Test
    void exceptionsAreStoreExceptions() {
        classes()
                .that()
                .resideInAPackage("org.storedb.error")
                .and()
                .areNotInterfaces()
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .beAssignableTo(org.storedb.error.StoreException.class)
                .because("users catch one type")
                .check(CORE);
    }
}
