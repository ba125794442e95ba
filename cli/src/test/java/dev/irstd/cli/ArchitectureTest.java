package dev.irstd.cli;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.irstd.Model;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The rules of the house that the compiler does not know. */
@AnalyzeClasses(
        packages = "dev.irstd",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {
    /** What modules lend each other for their tests. */
    static final class WithoutTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String CORE = "dev.irstd";
    private static final String METRICS = "dev.irstd.metrics";
    private static final String TRAINING = "dev.irstd.training..";
    private static final List<String> HIDDEN = List.of("ai.onnx", "org.bytedeco.", "com.google.protobuf.");

    private static final DescribedPredicate<JavaClass> SEALED =
            describe("sealed", type -> type.reflect().isSealed());
    private static final DescribedPredicate<JavaClass> NETWORK = resideInAnyPackage(
                    "java.net..", "javax.net..", "java.rmi..")
            .and(not(type(URL.class).or(type(URI.class))))
            .or(describe("a channel", type -> type.getName()
                    .matches("java\\.nio\\.channels\\..*(Socket|Datagram|Network).*")))
            .as("of the network");

    @ArchTest
    static final ArchRule coreDependsOnNoOtherModule = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat(inHouse().and(outside(CORE, "dev.irstd.spi")));

    @ArchTest
    static final ArchRule metricsDependOnCoreOnly = noClasses()
            .that()
            .resideInAPackage(METRICS)
            .should()
            .dependOnClassesThat(inHouse().and(outside(CORE, METRICS)));

    @ArchTest
    static final ArchRule modelsDependOnCoreOnly = noClasses()
            .that()
            .resideInAPackage("dev.irstd.models")
            .should()
            .dependOnClassesThat(inHouse().and(outside(CORE, "dev.irstd.models")));

    @ArchTest
    static final ArchRule trainingDependsOnCoreAndMetricsOnly = noClasses()
            .that()
            .resideInAPackage(TRAINING)
            .should()
            .dependOnClassesThat(inHouse().and(outside(CORE, METRICS)).and(not(resideInAPackage(TRAINING))));

    @ArchTest
    static final ArchRule packagesDependInOneDirection =
            slices().matching("dev.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingDependsOnTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("dev.irstd.cli")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.irstd.cli");

    @ArchTest
    static final ArchRule nativeTypesStayInside =
            classes().that().resideInAnyPackage(CORE, METRICS).and().arePublic().should(showNoTypeOf(HIDDEN));

    @ArchTest
    static final ArchRule coreNeedsNoNativeLibraryButOnnxRuntime = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule detectionNeedsNoPyTorch = noClasses()
            .that()
            .belongToAnyOf(DetectCommand.class, EvaluateCommand.class)
            .should()
            .transitivelyDependOnClassesThat()
            .resideInAPackage("org.bytedeco.pytorch..");

    @ArchTest
    static final ArchRule nothingOfTheCommandLineIsPublicButItsMain = noClasses()
            .that()
            .resideInAPackage("dev.irstd.cli")
            .and()
            .doNotBelongToAnyOf(Irstd.class)
            .should()
            .bePublic();

    @ArchTest
    static final ArchRule publicClassesCannotBeExtended = classes()
            .that()
            .arePublic()
            .and()
            .areNotInterfaces()
            .and(not(SEALED))
            .should()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule whatIsPublicIsConstant =
            fields().that().arePublic().should().beStatic().andShould().beFinal();

    @ArchTest
    static final ArchRule nothingUsesTheNetwork = noClasses().should().dependOnClassesThat(NETWORK);

    @ArchTest
    static final ArchRule onlyModelReadsAddressesAndItRefusesThoseOfTheNetwork = noClasses()
            .that()
            .doNotBelongToAnyOf(Model.class)
            .should()
            .callMethodWhere(calls("open.*|getContent", URL.class));

    @ArchTest
    static final ArchRule nothingStartsProcessesOrEndsTheJvmButTheCommandLine = noClasses()
            .that()
            .doNotBelongToAnyOf(Irstd.class)
            .should()
            .callMethodWhere(calls("exit|halt|exec", System.class, Runtime.class))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class);

    /** But for the one private method of ONNX Runtime that keeps it alive. */
    @ArchTest
    static final ArchRule filesNameNoCode = noClasses()
            .that()
            .doNotHaveSimpleName("SharedEnvironment")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.io\\.(ObjectInput.*|Externalizable)|java\\.beans\\.XMLDecoder|java\\.lang\\.reflect\\..*")
            .orShould()
            .callMethodWhere(calls("forName|loadClass|defineClass", Class.class, ClassLoader.class));

    @ArchTest
    static final ArchRule nothingPrintsPastTheCommandLine = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule logsGoToTheLoggerOfTheApplication =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging");

    @ArchTest
    static final ArchRule errorsHaveTypes = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    private static DescribedPredicate<JavaAccess<?>> calls(String names, Class<?>... owners) {
        return target(describe("of " + List.of(owners), (AccessTarget called) -> Stream.of(owners)
                        .anyMatch(owner -> called.getOwner().isEquivalentTo(owner))))
                .and(target(nameMatching(names)));
    }

    private static DescribedPredicate<JavaClass> inHouse() {
        return describe("of this project", type -> type.getPackageName().startsWith("dev.irstd"));
    }

    private static DescribedPredicate<JavaClass> outside(String... packages) {
        return describe(
                "outside " + List.of(packages), type -> !List.of(packages).contains(type.getPackageName()));
    }

    private static ArchCondition<JavaClass> showNoTypeOf(List<String> prefixes) {
        return new ArchCondition<>("show no type of " + prefixes) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
                report(type, type.getName(), parents, events);
                type.getMembers().stream()
                        .filter(ArchitectureTest::isVisible)
                        .forEach(member -> report(type, member.getFullName(), typesOf(member), events));
            }

            private void report(JavaClass type, String place, Stream<JavaType> shown, ConditionEvents events) {
                shown.map(JavaType::getAllInvolvedRawTypes)
                        .flatMap(Set::stream)
                        .map(JavaClass::getName)
                        .filter(name -> prefixes.stream().anyMatch(name::startsWith))
                        .forEach(name -> events.add(SimpleConditionEvent.violated(type, place + " shows " + name)));
            }
        };
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        Stream<JavaType> inAndOut = Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
        return Stream.concat(inAndOut, unit.getExceptionTypes().stream());
    }
}
