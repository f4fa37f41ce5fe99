package org.storedb.spring.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;

class ArchitectureTests {

    private static final String ROOT = "org.storedb.spring";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void dataAndTransactionDoNotKnowSpringBoot() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".data..", ROOT + ".transaction..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.boot..")
                .because("they can move to an artifact of their own then")
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
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void transactionIsAtTheBottom() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".transaction..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".data..")
                .check(CLASSES);
    }

    @Test
    void coreDoesNotKnowRepositories() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".data.core..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".data.repository..")
                .check(CLASSES);
    }

    @Test
    void autoConfigurationsAreFinal() {
        classes()
                .that()
                .areAnnotatedWith(AutoConfiguration.class)
                .should()
                .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                .because("nobody may build on them")
                .check(CLASSES);
    }
}
