package dev.irstd.cli;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** The rules of the house that the compiler does not know. */
@AnalyzeClasses(packages = "dev.irstd", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String CORE = "dev.irstd";
    private static final String METRICS = "dev.irstd.metrics";
    private static final List<String> HIDDEN = List.of("ai.onnx", "org.bytedeco.", "com.google.protobuf.");

    @ArchTest
    static final ArchRule coreDependsOnNoOtherModule = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.irstd.(*)..");

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
    static final ArchRule detectionNeedsNoPyTorch = noClasses()
            .that()
            .belongToAnyOf(DetectCommand.class, EvaluateCommand.class)
            .should()
            .transitivelyDependOnClassesThat()
            .resideInAPackage("org.bytedeco.pytorch..");

    /** Reading objects may run code of any class that the bytes name. */
    @ArchTest
    static final ArchRule nothingReadsSerialisedObjects = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.ObjectInput.*|java\\.beans\\.XMLDecoder|java\\.rmi\\..*");

    private static DescribedPredicate<JavaClass> inHouse() {
        return DescribedPredicate.describe(
                "of this project", type -> type.getPackageName().startsWith("dev.irstd"));
    }

    private static DescribedPredicate<JavaClass> outside(String... packages) {
        return DescribedPredicate.describe(
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
