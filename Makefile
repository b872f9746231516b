# The two commands of the README, and shorthands. Everything real is in meson.build and tools/.
.PHONY: demo test build bootstrap bench fuzz clean

build: bootstrap
	@tools/build

demo: bootstrap
	@TARGETS=everyname tools/build
	@tools/demo

test:
	@tools/bootstrap --tests
	@tools/test

bootstrap:
	@tools/bootstrap

# Heavy measurements, not part of `make test`; docs/measured.md keeps the last figures.
bench:
	@tools/bootstrap --tests
	@tools/build
	@bench/run

fuzz:
	@tools/bootstrap --tests
	@fuzz/run_fuzz.sh 600

clean:
	rm -rf build build-*
