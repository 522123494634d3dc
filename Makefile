# What people type. Each target installs what it needs, and says so.

SHELL := /bin/bash
PREFIX ?= /usr/local
# Inputs for each fuzz test
COUNT ?= 10000
# Of a campaign
KILLS ?= 300
SAVES ?= 13000
TOGETHER ?= 30

.DEFAULT_GOAL := site
.PHONY: site test test-arm test-editors test-store test-cluster test-remote lint format bench fuzz attacks campaign huge typing verify-functions verify-snapshots docs install clean

## The book: tool, engine, chapters, pages
site:
	bin/prerequisites build
	bin/site

## Everything that a change must pass
test:
	bin/prerequisites test
	bin/test

## Chapters in Neovim and Emacs, without windows
test-editors:
	bin/prerequisites editors
	swift build --product nnbook
	Tests/Editors/run

## A store that a real nginx keeps: killed before a build, filled, slowed, damaged, and over TLS
test-store:
	bin/prerequisites store
	swift build --build-tests
	NNBOOK_CACHE=$(CURDIR)/.build/nnbook-cache swift test --skip-build --filter "NginxStoreTests|SharedStoreTests|StoreClientTests"

## A book that several machines build: a matrix of jobs, and an array of Slurm on two nodes of this machine
test-cluster:
	bin/prerequisites cluster
	swift build --product nnbook
	Tests/Cluster/matrix
	Tests/Cluster/slurm

## A book whose cells run behind a server of the Remote Execution API; the first build takes ten minutes
test-remote:
	bin/prerequisites remote
	swift build --traits Remote --scratch-path .build-remote --product nnbook
	Tests/Remote/run

## The kernels of 64-bit Arm, cross-compiled and run under qemu: their bits are those of this machine's
test-arm:
	bin/prerequisites arm
	Tests/Arm/run

lint:
	swift format lint --strict -r Package.swift Sources Tests $(wildcard Benchmarks)

format:
	swift format -i -r Package.swift Sources Tests $(wildcard Benchmarks)

bench:
	bin/prerequisites build
	swift build -c release
	bin/bench

## Every float through every elementary function; minutes
verify-functions:
	Tests/FunctionErrors/run

## Every cell of the book, changed and run from a checkpoint: what it shows is what a build gives; minutes
verify-snapshots:
	bin/prerequisites test
	NNBOOK_VERIFY_SNAPSHOTS=1 swift test --filter "Every cell of the book"

## What a hostile book tries, with many kills; minutes
attacks:
	bin/prerequisites test
	swift build
	Tests/Attacks/run $(or $(ROUNDS),300)

## What befalls a book in years: builds that are killed, saves of all editors while it is served, builds
## at once, and other users, places and clocks, with sites equal to the byte; half an hour
campaign:
	bin/prerequisites test
	swift build --product nnbook
	Tests/Campaigns/all $(KILLS) $(SAVES) $(TOGETHER)

## Nearly three hundred books of huge and odd inputs: time, memory, and what is said of each; an hour
huge:
	bin/prerequisites test
	swift build --product nnbook
	Tests/Campaigns/huge

## An hour of typing in chapters, against the language server: 12,000 strokes; minutes
typing:
	bin/prerequisites test
	NNBOOK_TYPING=$(or $(STROKES),12000) NNBOOK_TYPING_SEED=$(or $(SEED),19) swift test --filter ReplayTests

fuzz:
	bin/prerequisites build
	FUZZ_COUNT=$(COUNT) swift test --filter Fuzz

## The documentation of what cells import, by DocC
docs:
	bin/prerequisites build
	bin/docs

## The tool, the engine's sources and the theme, for books in any folder
install:
	bin/prerequisites build
	swift build -c release --product nnbook
	bin/install "$(DESTDIR)$(PREFIX)"

clean:
	rm -rf .build chapters/.nnbook
