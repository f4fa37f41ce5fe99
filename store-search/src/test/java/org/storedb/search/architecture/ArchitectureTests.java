package org.storedb.search.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private static final String ROOT = "org.storedb.search";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void importsPointDown() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("facade")
                .definedBy(ROOT)
                .layer("internal")
                .definedBy(ROOT + ".internal..")
                .layer("values")
                .definedBy(ROOT + ".definition..", ROOT + ".query..")
                .whereLayer("facade")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("internal")
                .mayOnlyBeAccessedByLayers("facade")
                .check(CLASSES);
    }

    @Test
    void nothingKnowsTheInsideOfTheEngine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.storedb.internal..")
                .because("the public API of the engine is all there is to build on")
                .check(CLASSES);
    }

    @Test
    void queriesKnowNoLucene() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".query..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.lucene..")
                .because("another version of Lucene must not change what applications see")
                .check(CLASSES);
    }
}
