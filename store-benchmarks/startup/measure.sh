#!/bin/bash
# How much the starter adds to the start of an empty Spring Boot application: 10 starts of a process each, without it, with
# it on a new directory, and with it on one that is kept; and what an application with one entity and one repository takes
# until it has used both. With --class-archive each starts from an archive of its classes (AppCDS), which one start before has
# written. Run it on a machine that does nothing else.
set -euo pipefail
case "${1-}" in
'') archive= ;;
--class-archive) archive=yes ;;
*)
    echo "unknown argument '$1'; the only one is --class-archive" >&2
    exit 2
    ;;
esac
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Jars, as an application has them: a directory on the class path makes every look-up of a class slower.
mvn -B -q -pl store-spring-boot-starter -am -DskipTests package dependency:build-classpath \
    -Dmdep.outputFile="$work/classpath" -Dmdep.includeScope=runtime
{ tr ':' '\n' < "$work/classpath"; echo; ls "$PWD"/store-spring-boot-starter/target/store-spring-boot-starter-*.jar; } > "$work/all"

# What an application gets that depends on spring-boot-starter only, and what the starter brings that is not optional.
base='/(spring-boot|spring-boot-autoconfigure|spring-boot-starter|spring-boot-starter-logging|spring-core|spring-context|spring-aop|spring-beans|spring-expression|commons-logging|micrometer-commons|micrometer-observation|jspecify|logback-classic|logback-core|slf4j-api|log4j-api|log4j-to-slf4j|jul-to-slf4j|snakeyaml|jakarta.annotation-api)-[0-9][^/]*\.jar$'
own='/(store-core|store-spring-boot-starter|spring-boot-data-commons|spring-boot-persistence|spring-boot-transaction|spring-data-commons|spring-tx|jackson-annotations|jackson-core|jackson-databind)-[0-9][^/]*\.jar$'
without=$(grep -E "$base" "$work/all" | paste -sd:)
with=$(grep -E "$base|$own" "$work/all" | paste -sd:)

mkdir "$work/empty" "$work/people"
javac -proc:none -cp "$without" -d "$work/empty" store-benchmarks/startup/empty/*.java
javac -proc:none -parameters -cp "$work/empty:$with" -d "$work/people" store-benchmarks/startup/people/*.java
jar cf "$work/empty.jar" -C "$work/empty" .
jar cf "$work/people.jar" -C "$work/people" .

options=()
start() { # class path, main class, directory of the store
    java "${options[@]}" -cp "$1" "$2" --spring.main.banner-mode=off --logging.level.root=error --store.path="$3" |
        sed -n 's/^started //p'
}
start_kind() { # kind, directory of the store
    case "$1" in
    without) start "$work/empty.jar:$without" empty.EmptyApplication "$2" ;;
    new | kept) start "$work/empty.jar:$with" empty.EmptyApplication "$2" ;;
    people) start "$work/people.jar:$work/empty.jar:$with" people.PeopleApplication "$2" ;;
    esac
}
spread() { # file, column
    awk -v column="$2" '{ print $column }' "$1" | sort -n |
        awk '{ value[NR] = $1 } END {
            printf "%g (%g to %g)", (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2, value[1], value[NR] }'
}

kinds='without new kept people'
for run in $(seq -2 10); do
    if [ "$run" = 1 ]; then
        rm "$work"/figures.* # The first ones have only warmed up the disk cache.
    fi
    for kind in $kinds; do
        directory="$work/kept"
        if [ "$kind" = new ]; then
            directory="$work/new$run"
        fi
        if [ "$archive" ] && [ "$run" != -2 ]; then # The first one creates the directory that is kept.
            use=SharedArchiveFile
            if [ "$run" = -1 ]; then
                use=ArchiveClassesAtExit
            fi
            options=("-XX:$use=$work/$kind.jsa" -Xlog:cds=off -Xlog:cds+dynamic=off)
        fi
        start_kind "$kind" "$directory" >> "$work/figures.$kind"
    done
done
for kind in $kinds; do
    echo "$kind: $(spread "$work/figures.$kind" 1) ms, the main thread $(spread "$work/figures.$kind" 2) ms," \
        "all threads $(spread "$work/figures.$kind" 3) ms, $(spread "$work/figures.$kind" 4) beans"
done
