#!/bin/bash
# How much the starter adds to the start of an empty Spring Boot application: the median of 10 starts of a process each,
# without it, with it on a new directory, and with it on one that is kept. Run it after a build, on a
# machine that does nothing else.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mvn -B -q -o -pl store-core,store-spring-boot-starter compile dependency:build-classpath \
    -Dmdep.outputFile="$work/classpath" -Dmdep.includeScope=runtime
tr ':' '\n' < "$work/classpath" > "$work/all"

# What an application gets that depends on spring-boot-starter only.
base='/(spring-boot|spring-boot-autoconfigure|spring-boot-starter|spring-boot-starter-logging|spring-core|spring-context|spring-aop|spring-beans|spring-expression|commons-logging|micrometer-commons|micrometer-observation|jspecify|logback-classic|logback-core|slf4j-api|log4j-api|log4j-to-slf4j|jul-to-slf4j|snakeyaml|jakarta.annotation-api)-[0-9][^/]*\.jar$'
# What is optional for the starter, and so not in such an application.
optional='/(spring-boot-(actuator|health|micrometer|cache)|spring-context-support|micrometer-core|HdrHistogram|LatencyUtils|jakarta.validation|querydsl|kotlin|json-schema|spring-modulith|lz4|zstd)[^/]*\.jar$'
without=$(grep -E "$base" "$work/all" | paste -sd:)
with=store-spring-boot-starter/target/classes:store-core/target/classes:$(grep -vE "$optional|/target/classes$" "$work/all" | paste -sd:)

mkdir "$work/classes"
javac -proc:none -cp "$without" -d "$work/classes" store-benchmarks/startup/EmptyApplication.java

start() { # class path, directory of the store, file for the figures
    java -cp "$work/classes:$1" EmptyApplication --spring.main.banner-mode=off --logging.level.root=error \
        --store.path="$2" | sed -n 's/^started \([0-9]* [0-9]*\) .*/\1/p' >> "$3"
}
median() { # file, column
    awk -v column="$2" '{ print $column }' "$1" | sort -n |
        awk '{ value[NR] = $1 } END { print (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2 }'
}

for run in $(seq -2 10); do
    if [ "$run" = 1 ]; then
        rm "$work"/figures.* # The first ones have only warmed up the disk cache.
    fi
    start "$without" "$work/unused" "$work/figures.without"
    start "$with" "$work/new$run" "$work/figures.new"
    start "$with" "$work/kept" "$work/figures.kept"
done
for kind in without new kept; do
    echo "$kind: $(median "$work/figures.$kind" 1) ms, of them $(median "$work/figures.$kind" 2) ms of the main thread"
done
